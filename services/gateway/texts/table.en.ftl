# The table: offers, comparing them, answering them, terms.

## Offers

table-offers = Offers
table-no_offers = No offer has been tabled yet.
table-offer = Offer { $offer }
table-offer-of = Offer { $offer } · { $body }
table-current = current
table-settlement = Settlement
table-counters = counters offer { $offer }
table-improves = improves offer { $offer }
table-settles = settles dispute { $dispute }
table-until = Answer by
table-tabled = Tabled
table-asked = Asked:
table-state-open = open
table-state-agreed = agreed
table-state-countered = countered
table-state-sent_back = sent back
table-state-withdrawn = withdrawn
table-state-improved = improved
table-state-lapsed = lapsed
table-answer-awaited = not answered yet
table-answer-none = did not answer
table-answer-accepted = accepted
table-answer-sent_back = sent it back
table-answer-countered = countered
table-make = Make an offer
table-compare = Compare two offers
table-compare-from = From
table-compare-to = To
table-compare-do = Compare
table-compare-end = End comparing
table-nothing = No offer has been tabled yet. Once there is one, its terms and how they moved stand here.
table-empty-terms = Define below what is negotiated; then an offer can be made.

## What an offer says

table-against = against offer { $offer }
table-terms-of-offer = Terms of the offer
table-term = Term
table-moved = Moved
table-moved-by = moved by { $body }
table-same = unchanged
table-came = added
table-went = left out
table-changed = changed
table-relabelled = only the label
table-silent = Not part of this offer:
table-stands-agreed = agreed
table-stands-dispute = in dispute
table-stands-open = open
table-agreed-is = agreed: { $value }
table-wording = wording
table-against_text = Against the wording that stands in the text.
table-clause-agreed = agreed
table-clause-bracketed = bracketed
table-clause-contested = contested
table-clause-reserved = reserved
table-allocation = Allocation
table-allocation-changed = changed
table-allocation-rules = Rules by component
table-component = Component
table-rule-before = Before
table-rule-now = Rule
table-allocation-moved = What it moved for whom
table-allocation-total = What each bears
table-allocation-digest = Digest of the result
table-government = Government
table-bears = Bears

## Answering

table-answer = Answer
table-counter = Write a counter-offer
table-improve = Improve this offer
table-accept = Accept
table-accept-about = Accepting binds your side to this offer. It is agreed once all who were asked have accepted.
table-accept-do = Accept offer { $offer }
table-send_back = Send back with a comment
table-send_back-do = Send offer { $offer } back
table-why = Comment (optional)
table-why-hint = Welcome, not forced. All parties can read it.
table-reason = { $body } says
table-withdraw = Withdraw our offer
table-withdraw-about = Nobody can answer it any more. It stays in the record.
table-withdraw-do = Withdraw offer { $offer }
table-mandated = Made within a mandate
table-mandate = On which mandate
table-mandate-hint = Granted by the head of your government. Only your side sees it.
table-mandate-says = until { $until } · { $basis }
table-no_mandate = You hold no mandate for this case. The head of your government (the signatory) must grant one first.
table-mandate-where = See mandates under Powers

## Drafts

table-drafts = Drafts
table-private = Private · for your side only
table-no_drafts = No drafts. What you write as an offer can be kept as a draft.
table-draft-answer = Continue as counter-offer to offer { $offer }
table-draft-continue = Continue as new offer
table-draft-new = Write a draft

## Soundings

table-soundings = Soundings
table-soundings-wait = { $count } to answer
table-sounding-private = Private: only your side and the other one see this
table-no_soundings = None yet. Where you make an offer, you can sound out one party on it first.
table-sounding-from = From { $body }
table-sounding-to = To { $body }
table-sounding-yours = for you to answer
table-sounding-awaited = waits for an answer
table-sounding-answered = answered
table-sounding-withdrawn = taken back
table-sounding-clause = wording of “{ $clause }”
table-sounding-reply = { $body } answered
table-sounding-answer = Answer in words
table-sounding-answer-words = Your answer
table-sounding-answer-hint = You answer once. It binds nobody.
table-sounding-answer-do = Answer
table-sounding-continue = Continue as an offer
table-sounding-withdraw = Take it back
table-write-sounding = Sound out one party
table-write-sounding-about = Ask one party what it would think before anything is tabled. It binds nobody, needs no mandate, and is in no comparison, chart or bundle.
table-sounding-whom = Whom
table-sounding-choose = — choose a party —
table-sounding-words = In words (optional)
table-sounding-words-hint = Only officials of that party read it, besides your own.
table-sounding-do = Sound it out

## How far apart

table-gap = How far apart: { $term }
table-gap-private = For your side only (it shows your mandate)
table-gap-agreed = This term is agreed.
table-gap-one = Only { $body } has said: { $value }
table-gap-none = No gap now: { $value }
table-gap-now = Gap now { $gap } ({ $low } { $least } ↔ { $high } { $most })
table-gap-table = Show as table
table-gap-after = After
table-gap-choose = Choose the term
table-gap-show = Show
table-today = Today
table-ceiling = Mandate ceiling
table-floor = Mandate floor

## Until signing

table-left = What is left until signing
table-left-nothing = Nothing is left.
table-left-disputed = { $count } terms in dispute
table-left-disputed-one = 1 term in dispute
table-left-open = { $count } terms open
table-left-open-one = 1 term open
table-left-bracketed = { $count } clauses bracketed
table-left-bracketed-one = 1 clause bracketed
table-left-contested = { $count } clauses contested
table-left-contested-one = 1 clause contested
table-left-reserved = { $count } clauses reserved
table-left-reserved-one = 1 clause reserved
table-left-findings = { $count } gaps or overlaps of powers
table-left-findings-one = 1 gap or overlap of powers
table-left-approvals = { $count } steps of approval
table-left-approvals-one = 1 step of approval
table-left-more = and { $count } more
table-left-more-one = and 1 more

## Terms

table-terms = Terms
table-no_terms = No term has been defined yet. Define what must be agreed: an amount, a share, a quantity, a date.
table-kind = Kind
table-agreed = Agreed value
table-by-offer = By
table-define = Define a term
table-define-about = All parties see it. Its names and kind cannot be changed afterwards.
table-define-do = Define the term
table-name-ko = Name in Korean
table-name-en = Name in English
table-name-hint = The short name in the record is made from it, too.
table-kind-money = Money
table-kind-share = Share (%)
table-kind-quantity = Quantity
table-kind-date = Date
table-kind-duty = Duty
table-kind-choice = Choice
table-kind-text = Text
table-currency = Currency (of money)
table-currency-hint = Three letters of ISO 4217, such as KRW
table-unit = Unit (of a quantity)
table-unit-hint = Such as t/day, years, plots
table-options = Options (of a choice)
table-options-hint = One a line, at least two. To name them in both languages, write “균등 분담 / equal shares”.

## Writing an offer

table-write-new = Make an offer
table-write-counter = Counter offer { $offer }
table-write-improve = Improve offer { $offer }
table-about-new = Values for terms and wording for clauses, offered as one package.
table-about-counter = What { $body } offers is filled in. Change what you want otherwise.
table-about-improve = What you offered is filled in. The improved offer takes its place.
table-write-terms = Terms
table-write-terms-about = A term left empty is not part of this offer. For nought, write 0.
table-write-terms-stay = A term you do not change stays as in that offer. Any other left empty is not part of this one.
table-not_part = — not part of this offer —
table-value = Value
table-who = Who
table-what = Does what
table-label = Label (optional)
table-label-about = Amounts can be written as 1,234,000, 37.8억 or 3,780 million. A label is what the parties call a value in talk, such as “40 %”; the value governs. The label of the earlier offer does not stay with a changed value.
table-held = Held by dispute { $dispute }: it moves only by settlement.
table-held_typed = “{ $typed }” is not part of the offer: dispute { $dispute } has been opened on this term. Send the rest without it, or wait for the settlement.
table-held_draft = Your draft says { $value }; it does not count while the term is held.
table-bounds = your mandate: { $bounds }
table-write-text = Wording
table-write-text-about = Only wording that you change or tick becomes part of the offer.
table-clause-carried = part of the earlier offer
table-clause-in = Wording of this clause is part of the offer
table-in-korean = In Korean
table-in-english = In English
table-write-frame = Tabling
table-allocation-none = not part of this offer
table-allocation-stays = as in offer { $offer }
table-allocation-hint = One of the results that lie on the table.
table-to = To whom
table-to-hint = None ticked: to all other parties.
table-to-all = It goes to all other parties.
table-to-circle = It goes to everyone around that offer.
table-expires = Answer by
table-expires-hint = Last day to answer, in { $zone }. Left empty, no new date is set.
table-expires-needed = A circulated draft needs a date to answer by, in { $zone }.
table-do-new = Table the offer
table-do-counter = Table the counter-offer
table-do-improve = Table the improved offer
table-check = Look at it first
table-leave = Leave
table-not_now = It cannot be tabled now. Keep it as a draft and continue when it is your turn.
table-preview = This is what would be tabled
table-preview-about = Nothing is tabled yet. You can go on changing it below.
table-write-draft = Keep as a draft
table-draft-name = Name of the draft
table-draft-hint = A draft of the same name is replaced.
table-draft-keep = Keep the draft

## What to look at again

table-wrong = { $count ->
        [one] 1 field needs another look.
       *[other] { $count } fields need another look.
    }
    .next = Correct what is marked and send it again. What you typed is all there.
table-unread-number = This is no number. Write it like 1,234.5 or 3,780 million, with commas between thousands only.
table-unread-amount = The amount is finer than the currency's smallest unit, or too large.
table-unread-share = Write a share from 0 to 100.
table-unread-day = This is no day. Write it like 2000-02-29
table-unread-duty = Say who does it and what.
table-unread-wording = Write the wording in Korean or English.
table-unread-allocation = Choose one of the results in the list.
table-unread-mandate = Choose the mandate you act on.
table-unread-offer = The number of the offer cannot be read. Open the page again.
table-unread-whom = Choose whom to sound out.
table-unread-sounding = Which sounding it is cannot be read. Open the page again.
table-unread-name = Write a name.
table-unread-currency = A currency is three letters, such as KRW.
table-unread-unit = Write the unit.
table-unread-options = Write at least two options.
table-unread-kind = Choose a kind.
table-cannot_drop = Offer { $offer } has this term; it cannot be left out. Write a value.
table-label_alone = There is a label and no value.
table-above = Above your mandate: back to the head first.
table-outside = Your mandate does not cover this term.
