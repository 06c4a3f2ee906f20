# The record with its proofs, and looking for entries.

family-negotiation = Negotiation
family-allocation = Allocation
family-authority = Authority
family-mediation = Disputes
family-approvals = Approvals
family-signing = Signing
family-registry = Register
family-calendar = Calendar
search = Look for entries
search-kind = Kind
search-any = All
search-whole_family = { $family }: all
search-body = Body that acted
search-person = Official (id)
search-since = From
search-until = To
search-text = Text (two letters or more)
search-order = Order
search-newest = Newest first
search-oldest = Oldest first
search-go = Search
search-clear = Clear
search-count = Entries: { $count }
search-at_least = Entries: at least { $count } (the search is wide and only a part was counted; a shorter time counts all)
search-pages = Pages of the record
search-previous = Previous
search-next = Next
search-nothing = No entry is like this.
search-nothing-next = Ask for less, or for a longer time. Only entries that you may read are found.
search-no_kind = Kind: there is no “{ $typed }”. Choose from the list.
search-no_body = Body: “{ $typed }” is no id of a body. Choose from the list.
search-no_person = Official: “{ $typed }” is no id. Ids are small letters, digits and hyphens.
search-no_case = Case: “{ $typed }” is no case. Choose from the list.
search-no_day = “{ $typed }” is no day. Type it like 2000-02-15.
search-ends_early = The last day, { $typed }, is before the first.
search-wrong = This search cannot be exported: { $why }
    .next = Correct it on the search page, then export again.
record-reason = Why:
record-evidence = Evidence:
record-document = { $type } ({ $digest }…)
record-withheld = { $count } remarks you may not see
record-withheld-one = one remark you may not see
record-audit = As on a day, decisions
record-bundle = Bundle
record-rules = rules of { $service }, version { $version }
record-rules_of = Rules
record-entry = Entry { $position }
record-proof = Proof
record-leaf = Leaf hash of the entry
record-checkpoint = Checkpoint
record-checkpoint_of = { $origin }, over { $size ->
    [one] 1 entry
   *[other] { $size } entries
}
record-root = Root hash of the checkpoint
record-proves = What it proves
record-proves-bytes = The leaf hash is SHA-256 over a 0x00 byte and the exact bytes of this entry. Change one letter of them and it is another hash.
record-proves-way = Combined one after the other with the hashes given here (there are { $steps }), it comes to the root hash that stands for the whole record of { $size ->
    [one] 1 entry
   *[other] { $size } entries
}: so this entry is among them, at just this place.
record-proves-signed = The checkpoint is that root hash, signed with the ledger’s key. The ledger cannot drop or change this entry later and still stand by the same checkpoint.
record-proves-not = It does not prove that nothing was agreed elsewhere.
record-receipt = Download the receipt
record-bytes = Download the exact bytes
record-receipt-about = The receipt is a C2SP tlog-proof, which tools that are not ours read too. To verify a whole case:
record-way = The hashes up to the root, and the signed checkpoint
record-not_signed_yet = No checkpoint over this entry is signed yet. Open this page again in a moment.
record-exact = The exact bytes that were hashed
