"""The steps by which a store grows; `HEAD` is the revision this version works with."""

HEAD = "0013"
