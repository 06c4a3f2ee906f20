skip = Skip to content
demo = Demo
demo-why = A demo ledger on a calendar of its own. It cannot become production.
sections = Sections
cases = Cases
case = Case
phase = Stands at
parties = Parties
last-entry = Last entry
timeline = Timeline
no-entries = Nothing is on record here yet.
as-data = as data
occurred = done on
details = What happened, word for word
sealed = sealed: only those it is for read it
more = Later entries
sign-in = Sign in
choose-person = This is a demo. Choose the body and the role in which you want to act; you can change sides at any time.
platform = the platform
source-unverified = source to be verified
api-about = Every act and every reading of the platform. Commands are posted to what they are about; reads are plain GETs. The contract as a file:
api-body = The body is a
api-schemas = Schemas
phase-none = not opened
phase-open = under negotiation
phase-frozen = text frozen
phase-signed = signed
phase-in_force = in force

## Frame of the pages

sign-out = Sign out
language = Language
theme = Display
theme-light = Light
theme-dark = Dark
theme-system = System
breadcrumb = Where this page is
foot-record = Every act is on the record, and everyone who takes part can check it.
foot-day = Today is
to-start = To my cases
step-done = done
redline-kept = kept
redline-gone = [deleted]
redline-added = [added]
calendar = Calendar of the demo
calendar-about = In a demo the platform has a calendar of its own, which only moves forward. An administrator moves it, so that deadlines come and pass.
calendar-whose = You do not act as an administrator here: sign in as one to move it.
calendar-to = To the morning of
calendar-set = Move the calendar
role-delegate = Delegate
role-approver = Approver
role-signatory = Signatory
role-clerk = Clerk
role-mediator = Mediator
role-auditor = Auditor
role-observer = Observer
role-administrator = Administrator
tier-national = national
tier-upper = province or metropolitan city
tier-basic = city, county or district
tier-joint = joint body
tier-office = office

## Times

time-now = just now
time-today = today
time-minutes_ago = { $count } minutes ago
time-minutes_ago-one = 1 minute ago
time-hours_ago = { $count } hours ago
time-hours_ago-one = 1 hour ago
time-days_ago = { $count } days ago
time-days_ago-one = 1 day ago
time-months_ago = { $count } months ago
time-years_ago = { $count } years ago
time-in_months = in { $count } months
time-in_years = in { $count } years
time-in_minutes = in { $count } minutes
time-in_minutes-one = in 1 minute
time-in_hours = in { $count } hours
time-in_hours-one = in 1 hour
time-in_days = in { $count } days
time-in_days-one = in 1 day
time-due_today = due today
time-days_left = { $count } days left
time-days_left-one = 1 day left
time-days_late = { $count } days overdue
time-days_late-one = 1 day overdue

## Values of parameters, as `<parameter>-<value>`

needed-delegate = delegate
needed-approver = approver
needed-signatory = signatory
needed-clerk = clerk
needed-mediator = mediator
needed-auditor = auditor
needed-observer = observer
needed-administrator = administrator
verdict-within = covered
verdict-unknown = you hold no such mandate for this case
verdict-expired = it expired on { $until }
verdict-out_of_scope = it leaves out { $terms }
verdict-above = it ends below this for { $terms }
verdict-broken_chain = the mandate { $link } it was passed on from does not hold
why-nothing_to_share_by = no member has a remaining benefit, and not all of the cost is separable.
why-alone_is_cheaper = each going alone would cost less than all together.
why-gains_of_both_signs = by staying some members add to the savings of the others and some take from them.
why-not_quasi_balanced = the least that members can claim is more than the most they can hope for.
why-claims_too_small = what is to be shared is more than all claims together.
why-not_positive = a set of members would pay nothing, and the rule divides by that.
why-too_nearly_alike = the costs are so nearly alike that no solution could be proven.
why-too_large = the figures are too large.

## The settlement sheet

sheet-government = Government
sheet-cost = cost
sheet-granted = grants
sheet-shared = to share
sheet-share = Share
sheet-percent = %
sheet-transfer = On top
sheet-in_kind = In kind
sheet-own_money = Own money
sheet-total = Total
sheet-in_all = In all
sheet-digest = digest of the result
sheet-solver = solved by
sheet-rule = Rule
sheet-compared = Rules side by side: what each pays
sheet-in_percent = In percent
sheet-above_alone = More (+) or less (−) than alone
sheet-leaves = Would rather leave
sheet-least = Gains least
sheet-figure = Figure
sheet-lowest = Least
sheet-most = Most
sheet-now = Now
sheet-matters = Moved most by
sheet-disputed = Disputed figures
sheet-ranges = What each bears, over all that is said of them
sheet-safe = Nobody worse off than alone, whatever the truth
sheet-why = Why these numbers

## Rules of the laboratory

rule-equal = Equal
rule-driver = By { $driver }
rule-mix = Weighted mix
rule-fixed = Fixed amounts
rule-scrb = Separable costs – remaining benefits
rule-alternate_cost_avoided = Alternate cost avoided
rule-shapley = Shapley value
rule-nucleolus = Nucleolus
rule-per_capita_nucleolus = Nucleolus per capita
rule-proportional_nucleolus = Proportional nucleolus
rule-gately = Gately point
rule-tau = Tau value
rule-talmud = Talmud rule

## Questions to the allocation laboratory

figure-driver = { $driver } of { $of }
figure-cost = cost of { $component }
figure-coalition = cost of { $coalition } for { $component }
study-model = digest of the model asked about
study-changed = digest of the changed model
study-before = Before
study-after = After
study-by = Difference
study-fair = Nobody would rather leave
study-unfair = Would rather leave: { $coalition } (+{ $above })
study-what_if = What would be otherwise
study-search = Ways, those first that burden the others least
study-none = No way that was tried does. The least:
study-way = Way { $number }
study-as_it_stands = The model as it stands
study-weights = { $from } to { $to } % of the first part do
study-rise = largest rise of anybody else
study-alone = nobody above what it would pay alone
study-above_alone = somebody above what it would pay alone
study-tried = { $tried } tried; ways not shown: { $more }
study-unmixed = No mixes were tried of
study-settlement = Settlement on actual cost
study-due = Due
study-in_kind = In kind
study-paid = Paid
study-owes = Owes (below zero: gets back)
study-accession = Price of accession
study-share = Share by the original formula
study-interest = Interest for { $days ->
    [one] one day
   *[other] { $days } days
}
study-overhead = Staff and administration
study-price = Price
study-falls = Share falls by
study-part = Part of interest and overhead
study-gets = Gets
study-exit = Exit
study-contributed = Contributed
study-unpaid = Not paid of its share
study-value_left = What is left of its contribution
study-owed = Still owed of what is used up
study-cost_of_separation = Cost of separation
study-payout = Gets (below zero: pays)
study-rises = Share rises by
study-pays = Pays
study-all = All

## Derivations: a sentence for each step, and for the items of lists in it

why-step-cost = Cost: { $gives }
why-step-grant_fixed = Grant, { $from }: { $gives }
why-step-grant_rate = Grant, { $from }: { $cost } × { $percent } %, rounded down = { $gives }
why-step-grant_capped = Grant, { $from }: { $cost } × { $percent } % is not below the cap of { $cap }, so { $gives }
why-step-left = To be shared: { $cost } − { $granted } = { $gives }
why-step-equally = Equally: { $shared } × { $percent } % ÷ { $members ->
    [one] 1 member
   *[other] { $members } members
} = { $gives }
why-step-driven = By { $driver } ({ $year }): { $shared } × { $percent } % × { $figure } ÷ { $sum } = { $gives }
why-step-fixed = As agreed: { $gives }
why-step-sum = Together: { $parts } = { $gives }
why-step-separable = Separable cost, what the member adds to the cost of all others: { $shared } − { $others } = { $gives }
why-step-joint = Joint cost, what no member causes alone: { $shared } − separable costs { $separable } = { $gives }
why-step-benefit = Remaining benefit, what the member still saves against going alone: { $alone } − { $separable } = { $gives }
why-step-no_benefit = Remaining benefit: { $alone } − { $separable } is below zero and counts as { $gives }
why-step-benefits = Remaining benefits of all: { $parts } = { $gives }
why-step-of_joint = Part of the joint cost by benefit: { $joint } × { $benefit } ÷ { $benefits } = { $gives }
why-step-disruption = By leaving, the member would cost the others { $others_lose } and itself { $itself_loses }: { $others_lose } ÷ { $itself_loses } = { $gives }, the same for all
why-step-orders = Mean of what the member adds to the cost of those before it, over all orders ({ $orders }) = { $gives }
why-step-orders-orders = { $order }: { $adds }
why-step-places = Mean of what the member adds on average behind so many others ({ $places }) = { $gives }
why-step-places-places = behind { $before }: { $adds }
why-step-half_of_claims = Half of all claims, which are what each would pay alone: ({ $claims }) ÷ 2 = { $gives }; to be shared: { $shared }
why-step-award_level = Not more than half of the claims is shared: each pays half of its claim, but not more than a level at which payments add up to { $shared }: { $gives }
why-step-loss_level = More than half of the claims is shared: each is let off half of its claim, but not more than a level at which that adds up to { $lost }: { $gives }
why-step-award = The lesser of half of the claim, { $half }, and the level, { $level }: { $gives }
why-step-loss = The claim { $claim } less the lesser of half of it, { $half }, and the level, { $level }: { $gives }
why-step-hope = The most it can hope to save: { $saved } by all − { $without } by the others alone = { $gives }
why-step-right = The least saving it can claim, in { $coalition }: { $saved } saved by these − { $others } the others in it hope for = { $gives }
why-step-way = From least to most, all go the same way: ({ $saved } saved by all − least { $least }) ÷ (most { $most } − least { $least }) = { $gives }
why-step-between = Alone { $alone } − least { $least } − { $way } × ({ $most } − { $least }) = { $gives }
why-step-found = Found by the solver: { $gives }; the check is with the steps of all
why-step-estimated = Estimate: mean of what the member adds to the cost of those before it, over { $orders } random orders = { $gives }
why-step-level = Equally well off, at (paid − cost) ÷ divisor = { $gives }: { $sets }. Weighed with them: { $with }
why-step-level-sets = { $coalition }: ({ $pays } − { $cost }) ÷ { $by }, weight { $weight }
why-step-level-with = { $coalition }: { $weight }
why-step-proven = Proven: at each level the weights add up to 1 for every member, so no other shares make one of its sets better off and none worse; and the levels leave one way to share among { $members }, which is this one
why-step-too_large = Not checked by hand: { $members } members are more than { $limit }
why-step-unproven = Not proven: no weights were found by which the sets balance
why-step-limited = Limits change what { $limited } would pay by { $gives } in all; { $by } bear the opposite
why-step-at_least = At its least: { $before } by the rule becomes { $gives }
why-step-at_most = At its most: { $before } by the rule becomes { $gives }
why-step-takes_over = In proportion, with limits of others: { $before } × { $factor } = { $gives }
why-step-takes_equally = Equally, with limits of others: { $before } + { $each } = { $gives }
why-step-whole = Share: { $gives }
why-step-rounded_down = Share: { $exact } rounded down to { $down }; the rest of { $rest } is at place { $place }, and { $left ->
    [one] 1 smallest unit is
   *[other] { $left } smallest units are
} left over: { $gives }
why-step-rounded_up = Share: { $exact } rounded down to { $down }; the rest of { $rest } is at place { $place }, and { $left ->
    [one] 1 smallest unit is
   *[other] { $left } smallest units are
} left over, so one more: { $gives }
why-step-pays = On top, { $names } to { $to }: { $amount } × { $part }, rounded by largest remainders = { $gives }
why-step-gets = Gets, { $names }: { $gives }
why-step-borne = Borne: share { $share } + on top { $on_top } = { $gives }
why-step-in_kind = Brings in kind, { $names }: { $gives }
why-step-own_money = Own money: { $borne } − in kind { $in_kind } = { $gives }
why-step-instalment = Due in { $year }: { $own } × { $percent } %, rounded by largest remainders = { $gives }
why-step-exchanged = In the model’s currency: { $borne } × { $rate } ({ $source }, { $on }), rounded by largest remainders = { $gives }
why-step-total = In all: { $parts } = { $gives }

## The workbook

workbook-settlement = Settlement sheet
workbook-totals = Totals
workbook-drivers = Drivers
workbook-coalitions = Coalitions
workbook-model_digest = digest of the model
workbook-rounding_note = The agreed money governs. The column “before rounding” shows by formula what it comes from; the units left over go to the largest remainders.
workbook-long_note = Some amounts have more than 15 digits. A spreadsheet would lose the last of them, so they stand as text and no formula counts with them.
workbook-prices = in prices of
workbook-grant_from = Grant from
workbook-grant_percent = % of the cost
workbook-grant_cap = At most
workbook-grant_amount = Grant
workbook-exact = before rounding
workbook-rounding = Rounding
workbook-part_by = Part
workbook-part = Part of the whole
workbook-fixed = Agreed amount
workbook-alone_entered = Cost alone, as entered
workbook-alone = Cost alone
workbook-without = Cost of all others
workbook-separable = Separable cost
workbook-benefit = Remaining benefit
workbook-factor = Factor of the cost curve
workbook-exponent = Exponent of the cost curve
workbook-at_least = Not less than
workbook-at_most = Not more than
workbook-brought_by = Brought by
workbook-value = Value
workbook-paid_by = Paid by
workbook-paid_to = Paid to
workbook-amount = Amount
workbook-all_others = all others, by their shares
workbook-due_year = Due in
workbook-sum = Sum
workbook-check = Check: the sums are the same
workbook-agrees = agrees
workbook-differs = DIFFERS
workbook-no_formula = These shares follow from no formula over cells. They were computed by this rule:
workbook-limits_note = Before rounding stands what the rule gives without limits. What a limit takes from one is borne by the others in proportion to their shares.
workbook-driver = Driver
workbook-unit = Unit
workbook-year = Year
workbook-source = Source
workbook-coalition = Coalition
workbook-coalition_cost = Cost
workbook-government = Government
workbook-currency = Currency
workbook-rate = Exchange rate

## Formats of tables, and what is wrong in them, as `<parameter>-<value>`

told-workbook = an Excel workbook (.xlsx)
told-old_workbook = an old Excel workbook (.xls)
told-open_document = an OpenDocument spreadsheet (.ods)
told-text = a text with separators (CSV)
really-workbook = an Excel workbook (.xlsx)
really-old_workbook = an old Excel workbook (.xls)
really-open_document = an OpenDocument spreadsheet (.ods)
really-text = a text with separators (CSV)
faults-merged = { $at }: cells are merged
faults-not_a_number = { $at }: “{ $text }” is no number
faults-separator = { $at }: in “{ $text }” the separator is not clear; write 1234.5 or 1,234.5 with the point before decimals and commas between thousands
faults-too_fine = { $at }: “{ $text }” has a part below the smallest unit of the currency
faults-too_many_digits = { $at }: the number has more than 15 digits, of which a spreadsheet loses the last; write it as text
faults-negative = { $at }: “{ $text }” is below zero
faults-date = { $at }: a date stands where a number should
faults-formula = { $at }: the formula gives { $text }
faults-other_currency = { $at }: “{ $text }” is not in { $currency }
faults-other_unit = { $at }: “{ $text }” is no whole unit of the currency; write amounts in full
faults-blank = { $at }: nothing stands here
faults-beside = { $at }: “{ $text }” stands beside the columns of the table; in a CSV file an amount with commas is put in quotation marks
faults-unknown_member = { $at }: “{ $text }” is none of the members
faults-bad_coalition = { $at }: “{ $text }” is no set of members
faults-bad_mark = { $at }: “{ $text }” is no mark; use 1 and 0, O and X, or x and nothing
faults-twice = { $at }: { $of } stands at { $first } already
faults-missing = { $of } is missing

# Files that come with a form.
file-kind-pdf = PDF document
file-kind-hwp = Hangul document
file-kind-sheet = spreadsheet
file-kind-image = picture
file-kind-text = text document
file-kind-zip = ZIP archive
file-kind-document = document
file-hint = PDF, picture, Hangul, Word, Excel, OpenDocument or ZIP, all together at most { $limit }.
file-too_large = The file { $name } is too large: all files together may have at most { $limit }.
    .next = Scan it at a lower resolution or divide it, and choose the files again. What you typed is still here; files must be chosen anew.
file-unknown_kind = The file “{ $name }” is of no kind that is kept, or is not what its name says.
    .next = Save it as PDF, picture, Hangul, Word, Excel, OpenDocument or ZIP and choose it again.
file-empty = The file “{ $name }” is empty.
    .next = Choose a file with content. What you typed is still here; files must be chosen anew.
form-sent_already = This form was sent before, with something else in it. What was sent first is on record.
    .next = Look at it. What stands here now is not; send it again if it shall be on record too.
