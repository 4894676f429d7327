"""`cycle completion`: what makes a shell complete commands, flags and keys with their titles."""

from argparse import Namespace
from typing import Final

from cli.desk import Desk
from cli.frame import Verb, one_of
from cycle.i18n import N_

_BASH: Final = r"""# cycle at TAB; in ~/.bashrc: eval "$(cycle completion bash)"
_cycle() {
    local said
    COMPREPLY=()
    while IFS= read -r said; do
        if [ "$said" = / ]; then compopt -o default -o filenames 2>/dev/null; return; fi
        COMPREPLY+=("$said")
    done < <(_CYCLE_COMPLETE=bash "$1" "$COMP_LINE" "$COMP_POINT" "$COMP_TYPE" \
        "$COMP_WORDBREAKS" "${COLUMNS:-80}" 2>/dev/null)
}
complete -F _cycle cycle"""
_ZSH: Final = r"""# cycle at TAB; in ~/.zshrc: eval "$(cycle completion zsh)"
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
_cycle() {
    local said; local -a found shown
    while IFS= read -r said; do
        if [[ $said == / ]]; then _files; return; fi
        found+=("${said%%$'\t'*}") shown+=("${said#*$'\t'}")
    done < <(_CYCLE_COMPLETE=zsh "${(Q)words[1]}" "${COLUMNS:-80}" \
        "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    # a key found by less than its beginning: choose one, there is nothing in common to put in
    [[ ${(L)found[1]} == "${(LQ)PREFIX}"* ]] || compstate[insert]=menu
    (( $#found )) && compadd -U -l -d shown -a found
}
compdef _cycle cycle"""
_FISH: Final = r"""# cycle at TAB; cycle completion fish > ~/.config/fish/completions/cycle.fish
function __cycle_complete
    set -l words (commandline -opc)
    set -l begun (commandline -ct | string replace -r '^[\'"]' '')
    set -l said (_CYCLE_COMPLETE=fish $words[1] 80 $words[2..-1] "$begun" 2>/dev/null)
    if test "$said" = /
        __fish_complete_path "$begun"
    else if set -q said[1]
        printf '%s\n' $said
    end
end
complete -c cycle -f -a '(__cycle_complete)'"""
CODE: Final = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def _code(desk: Desk, args: Namespace) -> None:
    desk.put(CODE[args.shell])


VERBS = (
    Verb(
        "",
        N_(
            "print what makes your shell complete `cycle`; one of these lines turns it on:\n"
            "\n"
            "  echo 'eval \"$(cycle completion bash)\"' >> ~/.bashrc\n"
            "  echo 'eval \"$(cycle completion zsh)\"' >> ~/.zshrc\n"
            "  cycle completion fish > ~/.config/fish/completions/cycle.fish\n"
            "\n"
            "Then TAB offers commands, flags, and keys with their titles"
        ),
        _code,
        (one_of("shell", CODE, N_("bash, zsh or fish"), metavar="SHELL"),),
    ),
)
