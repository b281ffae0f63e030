# English texts of Fieldray. Plain words, for readers whose first language is not English.
# What happened: one sentence. What to do next: one sentence, in the attribute `.next`.

## Frame of every page

app-name = Fieldray
skip-to-content = Skip to the content
nav-worklist = Worklist
nav-operators = Operators
nav-help = Help
nav-review = Reports to sign
nav-about = About
language = Language
log-out = Log out
logged-in-as = Logged in: { $name }
footer-not = Assists the person who decides. Scores are not a decision about a patient.
fault-code = Code { $code }
fault-next-title = What to do next
fault-back = Back to the worklist
fault-title = This did not work
form-fault-title = Please check the form
# Shown as "18 Nov 2026, 09:05": local time of the box.
time-local = { $day } { $month } { $year }, { $time }
time-unsynced = clock not confirmed
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

## First start and login

setup-title = Set up this box
setup-intro = You make the first account now. It may add other operators later.
setup-code = First-login code
setup-code-help = Eight digits, on the sheet that came with the box. A box that was set up by hand prints them on its console.
operator-name = Your name
pin = PIN
pin-help = A PIN of 4 to 12 digits, or a password of at least 8 characters. Keep it to yourself.
pin-again = The same again
setup-submit = Set up and log in
login-title = Log in
login-who = Who are you?
login-submit = Log in
login-wait = Too many wrong tries: wait { $seconds ->
        [one] 1 second
       *[other] { $seconds } seconds
    }, then try again.

## One's own account, and the phone that locks

passcode = PIN or password
passcode-new = New PIN or password
login-letters = My password has letters
nav-switch = Switch person
lock-title = Locked
lock-who = { $name }: this phone was not used for a while. Write your PIN or password to go on.
lock-kept = What you had written is kept and is sent as soon as you unlock.
lock-submit = Unlock
passcode-title = Choose your PIN or password
passcode-given = Somebody else made the PIN that you used. Choose one that only you know: it stands for your name.
passcode-intro = It stands for your name. Your other phones are logged out when you change it.
passcode-old = PIN or password until now
passcode-submit = Save
account-title = My account
account-passcode = Change PIN or password
account-passcode-chosen = Your new PIN or password is in force.
sessions-title = Where logged in
sessions-help = End what you do not know or do not use any more.
sessions-none = Nowhere at the moment.
session-device = Unknown device
session-here = this phone
session-times = Logged in { $opened }, last used { $seen }
session-end = Log out there
session-ended = That phone is logged out.
operator-title = Account
operator-active = This person may log in.
operator-given = This person has to choose a PIN or password at the next login.
operator-closed = Closed: this person may not log in.
operator-own = This is your own account.
operator-role-submit = Save the role
operator-rename-submit = Save the name
operator-reset = Forgotten PIN or password
operator-reset-help = Give a PIN for one login. The person chooses a new one with it and is logged out everywhere until then.
operator-reset-submit = Give this PIN
operator-close-help = Closing logs the person out everywhere at once. Everything that the person did stays under the same name.
operator-close = Close the account
operator-reopen-help = The person may log in again with the same PIN or password.
operator-reopen = Open the account again

## After the film

followup-title = Follow-up
followup-study-title = Tests and outcome
followup-intro = People with films that make something suspect, until a test or an outcome settles it.
followup-none = Nothing is open.
followup-overdue = Waits for too long
followup-waiting = Waits
followup-late = Late
followup-more = { $count } people are open in all; those who have waited longest are shown.
followup-open = Open
followup-settled = Nothing is open for this patient.
followup-films = { $count ->
        [one] Study { $numbers }
       *[other] Studies { $numbers }
    }
followup-once = What is written down here holds for all films of this patient with the same open question.
followup-by-box = by the box, not confirmed by a physician
followup-by-physician = by a physician
followup-by-order = a test was ordered
followup-loop = Suspected: { $suspicion }, { $who }, for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
followup-entry = { $name }, { $time }
followup-order = Order a test
followup-order-help = One tap writes down that the test was ordered. Tests that fit the suspicion come first.
followup-ordered = Ordered:
followup-result = Result
followup-correct = Correct the result
suspicion-tuberculosis = tuberculosis
suspicion-covid19 = COVID-19
suspicion-nodule = nodule or mass
waits-order-tuberculosis = No test for tuberculosis was ordered
waits-order-covid19 = No test for COVID-19 was ordered
waits-order-nodule = No CT was ordered
waits-result = { $test }: no result yet
waits-repeat = { $test }: to be repeated
waits-better = { $test } was negative, which does not exclude it: order { $better }
test-xpert = Xpert or Truenat
test-smear = Sputum smear
test-rt_pcr = RT-PCR
test-rapid_antigen = Rapid antigen test
test-ct = CT of the chest
result-positive = Positive
result-positive_resistant = Positive, resistant to rifampicin
result-negative = Negative
result-inconclusive = Unclear, to be repeated
result-not_done = Not done
result-ct-positive = Suspicion confirmed
result-ct-negative = Nothing suspicious
outcome-title = How it ended
outcome-none = Not written down yet.
outcome-record = Write down how it ended
outcome-tb_confirmed = Tuberculosis, confirmed by a test
outcome-tb_clinical = Tuberculosis, treated without a test result
outcome-covid19 = COVID-19
outcome-other_disease = Another disease
outcome-no_disease = No disease of the chest
outcome-referred = Sent to another hospital
outcome-lost = Patient could not be reached
outcome-died = Patient died

## Alerts

alerts-title = Alerts
alerts-none = No alert is open.
alerts-more = { $count } alerts are open in all; the most pressing are shown.
alerts-recent = Taken over
alert-title = Alert
alert-number = Alert { $number }
alert-raised = Study { $study }, found { $time }
alert-red = Nobody has answered
alert-siren = Nobody has answered a critical alert. Somebody must look now.
alert-open-study = Open the film
alert-taken-by = Taken over by { $name }, { $time }, { $method }
alert-timeline = What happened
alert-messages = Messages
alert-messages-none = No message was sent: there is nobody with a way to be reached.
alert-class-critical = Critical, look now
alert-class-suspect = Look today
alert-class-digest = In the daily summary
alert-repeat = Repeated: this message may have arrived before.
alert-headline = Alert { $number } { $site }
alert-study = Study { $study }
alert-decides = The box points at a film. A person decides.
alert-sms = { $repeat ->
        [0] Alert { $number } { $site } study { $study }: { $class }. Reply OK { $number }
       *[other] Repeated: alert { $number } { $site } study { $study }: { $class }. Reply OK { $number }
    }
alert-taken-over = Alert { $number }: taken over by { $name }, { $time }
alert-test = Test message from { $site }. Nothing has to be done.
alert-digest = { $site }: { $count ->
        [one] { $count } alert is open
       *[other] { $count } alerts are open
    }
alert-button-ack = I take it over
alert-button-pass = Not mine
alert-button-open = Open
alert-ack-yours = Alert { $number } is yours now.
alert-ack-others = Alert { $number } was taken over by { $name } already.
alert-passed-on = Noted. The next person is told.
alert-not-understood = Write OK and the number of the alert.
alert-event-raised = Found
alert-event-queued = To be told
alert-event-sent = Message left the box
alert-event-delivered = Message is on the phone
alert-event-failed = Message did not leave
alert-event-passed_on = Passed on
alert-event-acknowledged = Taken over
alert-event-resent = To be sent once more
alert-csv = What happened as a table (CSV)
alert-json = What happened for programs (JSON)
undelivered-title = Messages that did not arrive
undelivered-help = Nobody may know of these alerts. Tell the person yourself, do what is written at the message, and then send it once more.
undelivered-none = Every message about an open alert has left or is still being tried.
undelivered-before = Nothing to do any more: the alert was taken over
undelivered-given-up = Given up
undelivered-tried = Still being tried
undelivered-resend = Send once more
undelivered-again = The message is tried once more.
undelivered-not-needed = This message is not needed any more.
undelivered-other = Test or daily summary
undelivered-count = { $count ->
        [one] { $count } message about an open alert did not arrive. See what to do.
       *[other] { $count } messages about open alerts did not arrive. See what to do.
    }
month-title = Alerts of a month
month-of = Alerts of { $month }
month-help = How long it took from the photo to a person’s answer, by the clock of the box.
month-before = Month before
month-next = Month after
month-none = No alert in this month.
month-csv = Every alert as a table (CSV)
month-pdf = As a page to print (PDF)
month-made = Made { $time }
month-alerts = Alerts
month-answered = Answered by a person
month-unanswered = Not answered yet
month-median = Half of the answers within
month-p90 = Nine of ten answers within
month-within = Within { $minutes } minutes, as wanted
month-within-hours = Within { $hours } hours, as wanted
month-within-value = { $count } of { $of }
month-minutes = { $count } min
month-escalated = Others had to be told as well
month-undelivered = Messages that did not arrive
month-untimed = Without a time, because the clock was set in between
month-by = Answered by { $name }
ack-page = on the box
ack-telegram = by Telegram
ack-sms = by text message
ack-report = by signing the report
channel-telegram = Telegram
channel-sms = Text message
channel-unused = not set up
channel-ready = set up, nothing sent yet
channel-last-sent = last message { $time }
channel-waiting = { $count ->
        [one] { $count } message waits
       *[other] { $count } messages wait
    }
channel-set-up-fault = cannot be used: { $reason }
channel-fault-secret = the file { $subject } cannot be read
channel-fault-address = { $subject } is no address of a service
channel-fault-client = the connection could not be prepared ({ $subject })
channel-fault-spool = the folder { $subject } is not that of a running gammu-smsd
channel-set-up-next = Set it up again on the page “Ways for alerts”; or correct the settings file and start the box again.
way-title = Ways to reach people
way-try = Try every way now
way-works = works
way-works-bot = works, the bot is @{ $name }
way-untried = could not be tried, { $reason }
way-receiver = { $way } to { $name }: { $reason }
way-token = what stands in { $file } is no token of a bot
    .next = Copy the token again from BotFather: digits, a colon, and some thirty letters and digits.
way-asleep = gammu-smsd does not take messages from { $folder }
    .next = Start gammu-smsd, and check its settings and the modem.
message-queued = Waits
message-sending = Is being sent
message-sent = Left the box
message-delivered = Is on the phone
message-dead = Given up
message-dropped = Not needed any more
message-tries = { $count ->
        [one] { $count } try
       *[other] { $count } tries
    }
send-unreachable = no connection to the service
    .next = Check the internet link or the modem. Messages go out by themselves as soon as it works.
send-busy = the service asks to wait
    .next = Nothing has to be done: messages go out by themselves.
send-garbled = the service answered something that makes no sense
    .next = Check the address of the service in the settings.
send-unauthorised = the service does not accept the key
    .next = Write the right token or password on the page “Ways for alerts”; or into its file, and start the box again.
send-no_such_receiver = the receiver does not exist or has blocked the sender
    .next = Ask the person to pair again or to correct the number.
send-refused = the service refuses this message
    .next = Ask the provider of the service.
send-not_set_up = this way is not set up
    .next = Set it up on the page “Ways for alerts”.
send-tls = the service's certificate is not valid, or it does not speak TLS
    .next = Check that the address begins with the right http or https, the box's date, and the service's certificate.
send-certificate_date = the service’s certificate does not hold at the box’s date
    .next = Set the box’s clock. If its date is right, tell whoever runs the service.
send-server_error = the service says that it has a fault of its own
    .next = Nothing has to be done at first: messages are tried again. If it stays, ask whoever runs the service.
send-no_bus = ModemManager does not answer
    .next = Check that D-Bus and ModemManager run on the box and that the box may use them.
send-no_modem = no modem that can send is there
    .next = Plug the modem in, and check the name of the modem in the settings.
send-modem_hung = the modem does not answer; the box starts it again
    .next = If it stays so, unplug the modem and plug it in again.
send-no_network = the modem is in no network
    .next = Check the antenna, the place of the box, and whether the SIM card is still valid.
send-sim = the SIM card is missing or locked
    .next = Put the SIM card in, and switch its PIN off in a phone.
send-not_sent = the modem could not send the message
    .next = Check the number, the SIM card’s credit and the network. The box tries again.
send-undelivered = the network could not deliver the message
    .next = Check the number. The phone may be off or out of reach: the next person is told.
pair-done = This chat is yours now. Alerts come here.
pair-failed = The code could not be used. Get a new one on the box.
groups-title = Telegram groups
groups-intro = Alerts go to these groups, too, and name who is on duty. Only people who have paired a chat of their own can take an alert over there.
groups-none = No group is paired.
groups-in = Alerts come here.
groups-out = The bot was removed from this group: no alerts come here.
groups-out-next = Add the bot to the group again.
groups-paired = Paired by { $name }, { $time }
groups-make = Make a code
groups-code = Add the bot to the group, and write this there within 15 minutes:
groups-add = Add the bot to a group
groups-forget = Remove
groups-forgotten = Removed.
group-pair-done = This group is paired. Alerts come here, too.
group-stranger = Only people who have paired a chat of their own with the box can answer here.
alert-responder = On duty: { $name }
system-group = Telegram group { $title }
siren-title = Siren screen
siren-help = Leave this page open on a screen in the clinic. It sounds when nobody answers a critical alert.
siren-sound = Switch the sound on
siren-quiet = Nothing is waiting for too long.
rules-title = Alert rules
rules-intro = What raises an alert, and how people are told. A change counts once a second person has confirmed it.
rules-waits = Waits for a second person
rules-by = Proposed by { $name }, { $time }
rules-own = Somebody else must confirm this.
rules-history = Earlier versions
rules-version = Version { $version }: { $proposed }. { $decided }
rules-was-confirmed = Confirmed by { $name }
rules-was-rejected = Rejected by { $name }
rules-confirm = Confirm
rules-reject = Reject
rules-propose = Propose a change
rules-none = No alert
rules-from = Only from this score on (empty: the network’s own threshold)
rules-rule-from = { $rule }, from score { $from }
rules-step = Minutes until the next person is told
rules-quiet-from = Quiet hours from (critical alerts come all the same)
rules-quiet-until = Quiet hours until
rules-budget = Alerts a day for one person that are not critical
rules-digest = Time of the daily summary
rules-detail = Messages name the finding. Chats and text messages can be read by others.
rules-picture = Telegram messages show a small picture of the film. Names on the film can be read by others.
rules-roles = Who is told
rules-submit = Propose
rules-proposed = Proposed. Somebody else must confirm it.
rules-confirmed = The new rules are in force.
rules-rejected = The proposal is rejected.
rules-step-is = Next person after { $minutes } minutes
rules-quiet-is = Quiet from { $from } until { $until }
rules-budget-is = At most { $count } a day for one person that are not critical
rules-detail-minimal = Messages do not name the finding
rules-detail-finding = Messages name the finding
rules-picture-yes = Telegram messages show a small picture of the film
rules-picture-no = Messages show no picture
rules-roles-are = Told: { $roles }
rules-hints = Only findings that this box assesses can raise an alert. What it gives as a hint never does.
rules-idle = In force without effect, because the network in use does not assess the finding:
forecast-title = What these rules mean here
forecast-proposal = What your change would mean here
forecast-help = The low figure is for when the first person always answers, the high one for when nobody does. Critical alerts always come, whatever the limit.
forecast-see = See what it would mean
forecast-none = No film was read in the last 28 days: nothing can be said yet.
forecast-films = { $films } films of the last { $days } days, judged by these rules:
forecast-class = { $class }: { $mean } alerts a day, { $most } on the busiest day
forecast-person = { $name }: { $low } to { $high } alerts a day, at most { $most } in one day
forecast-digest = In the daily summary only, because everybody had enough: { $count }
contact-title = How I am reached
contact-of = How { $name } is reached
contact-phone = Mobile number
contact-phone-help = With country code, for example +91 98765 43210. Leave it empty for no text messages.
contact-order = Place in the order: the lowest number is told first
contact-duty = Hours of duty
contact-duty-help = Leave a day empty when you are off. Leave all days empty if you are always on duty. A night belongs to the day on which it begins.
day-monday = Monday
day-tuesday = Tuesday
day-wednesday = Wednesday
day-thursday = Thursday
day-friday = Friday
day-saturday = Saturday
day-sunday = Sunday
contact-duty-from = from
contact-duty-until = until
contact-all = Also tell me what is not critical
contact-submit = Save
contact-saved = Saved.
contact-no-telegram = This box does not use Telegram.
contact-paired = A chat is paired with you.
contact-unpaired = No chat is paired with you.
contact-code = Send this code to the bot within 15 minutes:
contact-open-bot = Open the bot
contact-pair = Pair a chat
contact-test-help = Send yourself a test message by every way.
contact-test = Send a test
contact-tested = A test message is on its way.
people-title = Who is told
people-help = Everybody who can be told, in the order in which they are told; people on duty come first. Send a test to each person now and then.
people-none = Nobody has said yet how to be reached.
people-gaps = Nobody is on duty
people-gaps-help = Alerts come all the same then, in the order of the list.
people-span = { $from } to { $until }
people-always = Always on duty
people-on-duty = On duty now
people-off-duty = Off duty now
people-place = Place { $place }
people-all = all alerts
people-critical = critical alerts only
people-untold = The alert rules tell nobody with this role.
people-no-way = No way to be reached
people-untested = never tested
people-test-was = test { $time }: { $state }
people-test = Send { $name } a test
people-tested = A test message is on its way to this person.
people-change = Change number and hours

## The box, for people who look after it

system-title = State of the box
system-intro = How the box is now. Nothing about patients is shown here.
system-well = Well
system-unwell = Needs attention
system-unused = Not in use
system-networks-none = No network reads films: { $reason }
system-networks-next = Films are kept and wait. Tell support what stands here.
system-disk = { $count } MiB are free on the disk
system-disk-next = Soon no photo can be taken any more. Connect a larger disk, or ask support to move old films.
system-waiting = { $count ->
        [one] { $count } photo waits to be read
       *[other] { $count } photos wait to be read
    }
system-held = { $count ->
        [one] { $count } film is held because a step failed
       *[other] { $count } films are held because a step failed
    }
system-undelivered = Messages about open alerts that did not arrive: { $count }
system-undelivered-next = Somebody in the clinic opens “Alerts” and then “Messages that did not arrive”: what to do stands there.
system-held-next = Somebody at the clinic opens each of them and presses “Try again”.
system-clock-synced = The clock is confirmed
system-clock-unsynced = The clock is not confirmed
system-clock-next = Times are marked as such until the box finds a time server or its own clock is set.
system-pack-passed-over = A chosen network is not used: { $reason }
system-pack-next = Install it again, or choose another one.
system-board = Board: { $board }
system-heat-unknown = This machine does not measure its heat
system-heat-fine = { $degrees } °C inside
system-heat-warm = { $degrees } °C inside: warm, but all right
system-heat-hot = { $degrees } °C inside: too hot
system-heat-next = Put the box in the shade, keep its vents free, blow out dust. It works more slowly until it is cooler.
system-storage-well = Storage is in order
system-storage-life = Storage is in order; at least { $percent } % of its life is used
storage-read-only = Nothing can be written to the storage
    .next = Restart the box. If it stays so, tell support: the storage may be failing.
storage-not-kept = The data lies in memory and is lost when the power goes
    .next = Take no films on this box. Tell support.
storage-writeback = The storage is set up so that a power cut can damage data
    .next = Tell support: the data partition must be mounted with data=ordered.
storage-no-journal = The storage has no journal; a power cut can damage data
    .next = Tell support: the data partition must be made anew with a journal (ext4).
storage-no-barrier = The storage is set up so that a power cut can lose what was already confirmed
    .next = Tell support: write barriers must be switched on.
storage-filesystem-errors = The file system has found errors
    .next = Make a backup now and tell support.
storage-worn-out = The storage is worn out
    .next = Make a backup now. Tell support that the storage must be replaced.
storage-wearing = The storage has used most of its life
    .next = Tell support to plan a replacement within the next months.
storage-sd-card = The data lies on an SD card; many cards lose data when the power goes
    .next = Never pull out the card. Ask support for built-in storage or an NVMe disk.
system-gpu-serving = The GPU computes: { $detail }
system-gpu-preparing = The GPU is being prepared ({ $detail }); until then the CPU reads
system-gpu-absent = The CPU reads; no GPU to be used here: { $detail }
system-gpu-refused = The CPU reads, because the GPU was refused: { $detail }
system-gpu-withdrawn = The CPU reads, because the GPU failed: { $detail }
system-gpu-next = Readings are made as before, only slower. Start the box again once; if this stays, tell support what stands here.
system-gpu-untried = The makers of this program have not run it on a GPU or a Jetson. Its answers were compared with those of the CPU when it started.
update-title = Update of the box
update-open = Updates
update-none = No new version lies ready. A new one comes by itself when the box is online, or on a stick from support.
update-impossible = This box is not set up for updates. Support can do that.
update-offer = Version { $version } lies ready
update-size = Size: { $count } MiB
update-failed-before = The box has tried this version before and went back to the old one. Ask support first.
update-what = The box first tries the new version on a copy of everything. Then it starts again and shows no pages for a few minutes. Films and reports stay. If the new version does not start, the box goes back to the old one by itself. Do it when no patient waits.
update-agree = I agree: the box may be updated now
update-submit = Update now
update-back = Back to the state of the box
update-wait = Leave the box switched on. If the power fails nothing is lost.
update-look = Look again
update-phase-asked = Version { $version }: waiting to begin
update-phase-unpacking = Version { $version }: the file is checked
update-phase-copying = Version { $version }: the database is copied
update-phase-trying = Version { $version }: the new version tries the copy
update-phase-switching = Version { $version }: the box starts again
update-phase-done = Version { $version } is running
update-phase-refused = Version { $version } was not installed. Nothing has changed.
update-phase-went-back = Version { $version } did not start here. The box went back to the old version; nothing is lost.
update-reason-other-machine = The file is for another kind of box.
update-reason-in-use = This version is running already.
update-reason-older = The file holds an older version than the one that runs.
update-reason-from-too-old = The version that runs is too old for this file. Ask support for the version in between.
update-reason-from-too-new = The version that runs is newer than this file expects.
update-reason-database-newer = This version does not know the database of the box.
update-reason-damaged = The file is damaged. Copy it again.
update-reason-signature = The file is not signed by anybody whom this box trusts. Do not use it; tell support.
update-reason-space = There is too little space on the disk.
update-reason-trial = The new version failed when it tried the copy. Tell support.
update-reason-under-way = Another update has not ended yet. Wait a few minutes.
update-reason-failed = Something failed on the box. Tell support.
update-coming = Version { $version } comes from the portal: { $percent } % are here
update-no-room = Version { $version } waits on the portal: there is too little space on the disk
update-from-portal = { $name } of the portal offers it.
update-decline = Not this version
update-choice-title = Versions from the portal
update-choice-help = The box shows no pages for a few minutes while it changes its version. People of the clinic decide when, never the portal.
update-choice-ask = When somebody has agreed on this page
update-choice-at_night = At night by itself, when the clinic is closed and nobody uses the pages
models-title = New network
models-new = Network { $id } { $version } waits
models-figures = { $films } films were scored again. { $flips } of { $calls } calls would change.
models-few = There are too few films on this box to tell by themselves whether the new network agrees with the one in use. A physician decides.
models-many = More than two of a hundred calls of one finding would change. A physician decides.
models-added = The new network assesses what the one in use did not assess on these films: { $findings }. A physician decides.
models-remapped = The threshold was set so that the new network finds as many confirmed cases of this clinic as the one in use: { $findings }.
models-flips-title = What would change
models-confirmed = confirmed
models-old = In use
models-now = New
models-call = { $call }: score { $score }, threshold { $threshold }
models-not-assessed = Not assessed
models-more = { $count } more calls would change.
models-looked = I have looked at what would change
models-use = Read with the new network
models-refuse = Keep the network in use
models-none = No new network waits for a decision.
models-back-title = Network before
models-back-help = If the network in use reads worse than the one before, go back. Films that were read keep their readings.
models-back = Go back to the network before
models-waits = A new network waits for your decision
support-title = Help from support
support-open = Let support see how the box is
support-what-title = What support sees
support-in = In the file: versions, settings without secrets, numbers of films and reports, what happened when, errors, disk, memory and temperature.
support-not-in = Not in the file: names, numbers of patients, films, reports, notes, phone numbers, PINs and passwords.
support-how = The file is locked so that only support can open it. If the box has a portal, it goes there when the box is online; you can carry it as well. Nobody gets into the box.
support-ready-title = The file lies ready
support-ready = You can give it to support on a stick or by mail. When the time is over, the box and the portal remove it.
support-carry = Save the file
support-end = Take the consent back and remove the file
support-impossible = This box has no key of support. Nothing can be made for support here.
support-agree-title = Agree
support-until = For how long
support-hours = { $count } hours
support-agree = I agree: support may see this for that long
support-submit = Agree and make the file
support-log-title = Who agreed
support-log = { $name }: from { $from } until { $until }
support-log-ended = { $name }: from { $from }, taken back { $until }
support-way-waiting = waits for the portal
support-way-arrived = the portal has it since { $time }
support-way-removed = the portal has removed it

## Worklist

worklist-title = Worklist
new-patient = New patient
worklist-filter = Show
worklist-all = All
worklist-empty = There is no study here.
worklist-empty-next = Press “New patient” to register a patient.
worklist-newer = Previous page
worklist-older = Next page
worklist-list = Studies, what needs a person first
worklist-find = Name, clinic’s number or study number
worklist-find-short = Name or number
worklist-find-submit = Find
worklist-narrow = Narrow the list
worklist-by-day = Registered
worklist-by-urgency = Urgency
worklist-any-urgency = Any urgency
worklist-any-day = Any day
worklist-today = Today
worklist-week = Last 7 days
worklist-one-day = One day
worklist-show = Show
worklist-lists = Lists
worklist-retake = To be taken again
worklist-physician = Wait for a physician
worklist-everything = Show all studies
worklist-clock = The clock of this box is not confirmed, so days may be wrong. Look under “Any day” too.
worklist-pages = Pages
patient-line = { $sex }, { $age }
age-years = { $years ->
        [one] 1 year
       *[other] { $years } years
    }
age-unknown = age not known
local-id-label = ID { $id }
study-number = Study { $number }
headline = { $finding }: { $call }

## New patient

register-title = New patient
patient-name = Patient’s name
local-id = Clinic’s number for the patient
local-id-help = As on the register or the patient’s card. May be left out.
sex = Sex
age = Age
age-title = Age, or year of birth
age-help = Fill in one of the two.
age-in-years = Age in years
birth-year = Year of birth
register-submit = Register, then photograph
register-cancel = Cancel

## Wrong fields

field-name = Write a name of 1 to 120 characters.
field-name-taken = Another operator has this name: add a second name or an initial.
field-local_id = Write the clinic’s number with at most 40 characters, or leave it out.
field-sex = Choose one of the answers. “Not known” is allowed.
field-age-missing = Write the age or the year of birth. A score is only shown when the age is known.
field-age-both = Write the age or the year of birth, not both.
field-age-range = Write the age as a whole number from 0 to 120.
field-birth-year-range = Write the year of birth with four digits, from { $first } to { $last }.
field-pin = Choose 4 to 12 digits that are not all the same, or at least 8 characters.
field-pin_again = The two are not the same. Write the same twice.
field-code = Write the first-login code that the box printed on its console.
field-operator = Choose your name.
field-role = Choose what the operator may do.

## Study

study-title = Study { $number }
study-registered = Registered { $time }
next-title = What to do
no-reading = No reading
no-reading-yet = No reading yet
upload-title = Photo of the film
upload-more-title = Add another photo
upload-how = Hold the phone straight in front of the light box. The whole film must be in the photo, sharp, without reflections.
upload-help = How to take a good photo
upload-camera = Take a photo
live-title = Camera with hints
live-close = Close
live-shutter = Take
upload-gallery = Choose from the phone
upload-send = Send the photo
upload-hold = This page loads itself again and again while a photo is being read. Press here before you choose another photo.
upload-known = This photo was already on the box. Nothing was added.
viewer-title = Radiograph
viewer-alt = Radiograph, rectified from the photo
viewer-no-reading = Shown so that you can check the photo. This is no reading.
heatmap-alt = Heatmap over the radiograph: { $finding }
heatmap-title = Heatmap
heatmap-help = A heatmap shows where the model looked. It does not draw the border of a finding. It stays empty where nothing in the film speaks for the finding.
heatmap-none = Off
heatmap-show = Heatmap: { $finding }
heatmap-opacity = Strength of the heatmap
heatmap-hint = hint
lungs-show = Lungs and affected area
lungs-alt = Outlines of both lungs, with stripes over what counts as affected
lungs-help = Blue lines are the lungs as the network outlined them. Stripes are what it counts as affected.
viewer-photo = The photo as it was taken
viewer-photo-alt = The photo of the film, as it was taken
viewer-zoom-in = Zoom in
viewer-zoom-out = Zoom out
viewer-invert = Invert
viewer-reset = Reset
viewer-full = Full
viewer-level = Level (brightness)
viewer-window = Window (contrast)
viewer-adjust = Window and level
viewer-keys = Drag to move, pinch or turn the wheel to zoom, tap twice for a quick zoom.
scores-title = Scores
scores-help = A score from 0 to 1 for each finding, with the threshold of the model. The grey band around the threshold means: too close to say.
score-label = score { $score }
threshold-label = threshold { $threshold }
score-bar = { $finding }: score { $score }, threshold { $threshold }, { $call }
hints-title = Hints (weak evidence)
hints-help = The model was not measured well enough on these findings. A hint never changes the urgency.
hint-mark = hint (weak evidence)
legend-score = score
legend-threshold = threshold
legend-band = too close to say
not-assessed-title = Not assessed
not-assessed-help = The box says nothing about these findings. No score does not mean that a finding is absent.
glare-on-lungs = Reflections cover { $share } % of the lungs. What lies under them cannot be judged.
lung-share-title = Share of lung with opacity
lung-share = { $both } % of both lungs: right lung { $right } %, left lung { $left } %. Another photo of this film may give { $low } to { $high } %.
lung-share-help = Share of area in the picture, not of volume. Learned on drawn opacities: a physician judges what it is.
not-assessed-lung-share = Share of lung affected
not-assessed-lung-share-reason = The lungs were not outlined in this reading.
not-assessed-not-in-model = Not scored by the model on this box.
not-assessed-channel = The model's scores were not checked on photos of films.
not-assessed-below-age = The patient is, or may be, younger than { $min } years, and the model was checked only from that age on.
not-assessed-age-unknown = The age is not known, and the model was checked only from { $min } years on.
remarks-title = Remarks on the photo
remarks-none = No remarks: film and photo were good enough, and the film lay upright.
orientation-90 = The film lay turned by 90° in the photo. The box turned it upright.
orientation-180 = The film lay upside down in the photo. The box turned it upright.
orientation-270 = The film lay turned by 270° in the photo. The box turned it upright.
orientation-mirrored = The film was taken for one seen from its back, and the box mirrored it. Check the side marker: its letter must read the right way round.
orientation-inverted = The grey scale was inverted. The box turned it back, so that bone is white.
mirror-doubtful = The box is not sure whether the film was seen from its back.
    .next = Check the side marker (L or R) on the film before you use the sides.
age-doubtful = The film looks like a small child’s, but the patient is registered as older.
    .next = Check that this is the film of this patient before anyone uses the scores.
same-film-this = A photo of this study shows a film that looks the same as the film of study { $number } of this patient.
    .next = Open study { $number }, look at both films, and say here whether it is the same one.
same-film-another = A photo of this study shows a film that looks the same as the film of study { $number }, which is registered for another patient.
    .next = Compare both films and the names on them before anyone uses the scores. Then say here whether it is the same film.
same-film-same-this = It is the same film as in study { $number } of this patient.
    .next = Nothing more to do: the two studies stay apart, and both keep their readings.
same-film-same-another = It is the same film as in study { $number }, which is registered for another patient. One of the two names is wrong.
    .next = Find out whose film it is, and tell the physician before anyone uses the scores of either study.
same-film-other = The film looks the same as the film of study { $number }, but it is another film.
    .next = Nothing more to do.
same-film-answered = { $name } said so on { $time }.
same-film-open = Open study { $number }
same-film-yes = It is the same film
same-film-no = It is another film
same-film-change = Change the answer
report-title = Report draft
report-help = Written by the box. A physician decides and signs.
photos-title = Photos
photos-none = No photo yet.
photo-number = Photo { $number }
photo-received = Received { $time }
photo-original = Download the original photo
photo-retry = Try again
photo-correct = Correct outline or sides
photo-corrected = A person has shown how the film lies in this photo.

## Correcting how a film lies in its photo

correct-title = Correct the film
correct-photo = The photo, with the outline of the film
correct-corners = Corners of the film
correct-corners-help = Drag each of the four marks onto a corner of the film.
correct-corners-missing = The box has found no film here. Drag each of the four marks onto a corner of the film.
correct-numbers = Corners as numbers
correct-numbers-help = Percent of the photo’s width and height, from its top left corner.
correct-right = to the right
correct-down = down
correct-move = Drag, or use the arrow keys.
corner-top-left = Top left
corner-top-right = Top right
corner-bottom-right = Bottom right
corner-bottom-left = Bottom left
correct-turn = Top of the film
correct-turn-help = At which edge of the photo are the shoulders of the patient?
turn-0 = At the top
turn-90 = On the right
turn-180 = At the bottom
turn-270 = On the left
correct-shown = How the film is shown
correct-mirrored = Seen from its back
correct-mirrored-help = Letters and the side marker read backwards.
correct-inverted = Bones are dark
correct-inverted-help = Lungs are bright and bones are dark, as on some screens.
correct-submit = Read the photo again
correct-cancel = Leave it as it is
photo-in-use = The reading is from this photo.
photo-better = The better photo: it has fewer or milder remarks.
again-title = A second photo would help
again-help = Both readings are kept and compared. The more urgent one counts.
again-take = Take a second photo
repeat-title = Photos compared
repeat-help = The box reads each photo of a film by itself. This shows how well the scores repeat.
repeat-one = { $readings ->
        [2] Two photos
       *[other] { $readings } photos
    } of this film: scores differ by at most { $difference }; { $agreement }.
repeat-agree = { $readings ->
        [2] Two photos
       *[other] { $readings } photos
    } of this film: scores differ by at most { $difference }. Every call is the same.
repeat-differ = { $readings ->
        [2] Two photos
       *[other] { $readings } photos
    } of this film: scores differ by at most { $difference }. The calls differ.
repeat-other-model = { $readings ->
        [2] Two photos
       *[other] { $readings } photos
    } of this film were read by different models, so their scores cannot be compared.
repeat-same = { $readings ->
        [2] both { $call }
       *[other] all { $call }
    }
repeat-calls-differ = the calls differ
repeat-finding = Scores differ by at most { $difference }; { $agreement }
repeat-reading = Photo { $number }: { $score }, { $call }
repeat-doubt = The photos of this film do not agree: { $findings }.
    .next = A physician must see the film itself. Check that every photo shows the film of this patient.
steps-title = Steps
step-done = done
step-now = now
step-waiting = waiting
step-failed = failed
step-stopped = not done
model-line = Model { $model } on { $backend }

## States of a study

state-registered = No photo yet
    .what = The patient is registered. There is no photo of the film yet.
    .next = Photograph the film now.
state-processing = Being read
    .what = The photo is safe on the box and is being read.
    .next = Wait a few seconds: this page changes by itself. You may also go on with the next patient.
state-retake_asked = Retake the photo
    .what = The photo is not good enough to be read, so there are no scores.
    .next = Take a new photo of the same film. Follow the advice below.
state-held = Needs a person
    .what = A step failed on the box. The photo is safe, but there are no scores.
    .next = Do what is written at the photo below, then press “Try again”.
state-reported = Read
    .what = The box has read the radiograph.
    .next = A physician looks at the film and decides.
state-signed = Signed
    .what = A physician has signed the report.
    .next = Nothing more to do here.
state-voided = Voided
    .what = This study was registered by mistake. It has no reading.
    .next = Register the patient again if a film must be read.

## States of a photo

photo-captured = Stored, waiting to be read
photo-digitised = Film found and made straight
photo-accepted = Good enough, being scored
photo-scored = Scored, the report is being written
photo-reported = Read
photo-refused = Not good enough: retake
photo-held_digitise = Stopped while finding the film
photo-held_grade = Stopped while checking the quality
photo-held_score = Stopped while scoring
photo-held_draft = Stopped while writing the report

stage-stored = Stored safely on the box
stage-digitise = Find the film and make it straight
stage-grade = Check the quality
stage-score = Score the findings
stage-draft = Write the report draft

## Urgency

urgency-urgent = Urgent
    .what = A finding that must not wait is above its threshold.
    .next = Show this film to a physician now.
urgency-soon = Soon
    .what = A finding is above its threshold, or too close to it to say, or none could be assessed.
    .next = Show this film to a physician today.
urgency-routine = Routine
    .what = No assessed finding is above its threshold. This does not rule out illness.
    .next = Let a physician read the film in the usual order. If the patient looks ill, do not wait.

## Findings

finding-tuberculosis = Consistent with tuberculosis
finding-covid19 = COVID-19 pattern
finding-pneumonia = Pneumonia-like opacity
finding-effusion = Pleural effusion
finding-cardiomegaly = Enlarged heart shadow
finding-abnormal = Any abnormality
finding-pneumothorax = Pneumothorax
finding-nodule = Nodule
finding-mass = Mass
finding-atelectasis = Atelectasis
finding-consolidation = Consolidation
finding-infiltration = Infiltration
finding-edema = Edema
finding-pleural_thickening = Pleural thickening
finding-fibrosis = Fibrosis
finding-emphysema = Emphysema
finding-hernia = Hiatal hernia
finding-lung_lesion = Nodule or mass
finding-lung_opacity = Lung opacity
finding-enlarged_cardiomediastinum = Widened heart and mediastinum shadow
finding-fracture = Fracture

call-above = above the threshold
call-below = below the threshold
call-indeterminate = too close to the threshold to say

evidence-assessed = assessed
evidence-hint = hint (weak evidence)

sex-female = Female
sex-male = Male
sex-other = Other
sex-unknown = Not known

role-technician = Technician
    .help = Registers patients and photographs films.
role-physician = Physician
    .help = Reads films, writes and signs reports.
role-administrator = Administrator
    .help = Also adds operators.
role-support = Support
    .help = Looks after the box. Sees no patient.

backend-tract = tract (CPU)
backend-tensorrt = TensorRT

side-right = right
side-central = central
side-left = left
zone-upper = upper
zone-middle = middle
zone-lower = lower

## What is wrong with a photo

issue-blur = The photo is blurred.
    .next = Hold the phone with both hands, tap on the film to focus, and wait until it is sharp.
    .remark = The photo is slightly blurred: small findings may be missed.
issue-glare = A reflection covers part of the film.
    .next = Switch off the room light or stand so that no lamp or window mirrors in the film.
    .remark = There is a small reflection on the film: look at that area on the film itself.
issue-underexposed = The photo is too dark.
    .next = Switch the light box on, or tap on the dark lung area so that the phone makes the photo brighter.
    .remark = The photo is rather dark: dark areas show little detail.
issue-overexposed = The photo is too bright.
    .next = Tap on the brightest part of the film so that the phone makes the photo darker.
    .remark = The photo is rather bright: bright areas show little detail.
issue-cut_off = A part of the film is outside the photo.
    .next = Step back until all four corners of the film are in the photo.
    .remark = An edge of the film is close to the edge of the photo: check that nothing is cut off.
issue-occluded = A hand or an object covers part of the film.
    .next = Take away clips, hands and papers from the film.
    .remark = Something small covers an edge of the film: look at that area on the film itself.
issue-backlight = Something behind the film shows through, or the light behind it is uneven.
    .next = Put the film on the light box, or in front of an even, white light.
    .remark = The light behind the film is uneven: look at that area on the film itself.
issue-too_small = The film is too small in the photo.
    .next = Go closer until the film fills most of the photo.
    .remark = The film is rather small in the photo: small findings may be missed.
issue-not_chest_film = The film does not look like a chest radiograph.
    .next = Check that this is a chest film of this patient, then photograph it upright.
    .remark = The film does not look quite like a usual chest radiograph: check the film.
issue-lateral = The film shows the chest from the side.
    .next = Photograph the film that was taken from the front.
    .remark = The film may show the chest from the side: check the film.
issue-two_films = Two films lie beside each other.
    .next = Leave only one film on the light box and photograph it alone.
    .remark = Another film may be in the picture: check that the right one was read.
issue-lungs_not_seen = Both lungs cannot be made out on the film.
    .next = Check that it is a chest film and that nothing covers the lungs, then take the photo again.
    .remark = Both lungs are hard to make out.
issue-lungs_cut_off = The lungs reach the edge of the film: a part of them may be missing.
    .next = Look at the film itself. If the lungs are cut off there too, ask the physician whether to repeat the X-ray; another photo does not help.
    .remark = The lungs reach the edge of the film: a part of them may be missing. If they are cut off on the film itself too, only a new X-ray helps.
issue-film_overexposed = The film itself is too dark: the lungs show no detail.
    .next = Ask the physician whether to repeat the X-ray with less exposure; another photo does not help.
    .remark = The film itself is too dark: the lungs show little detail. Another photo does not help; a new X-ray with less exposure may.
issue-film_underexposed = The film itself is too light: the middle of the chest shows no detail.
    .next = Ask the physician whether to repeat the X-ray with more exposure; another photo does not help.
    .remark = The film itself is too light: the middle of the chest shows little detail. Another photo does not help; a new X-ray with more exposure may.
issue-patient_turned = The lungs differ in width: the patient may have been turned when the X-ray was taken.
    .next = Ask the physician whether to repeat the X-ray with both shoulders at the same distance; another photo does not help.
    .remark = The lungs differ in width: the patient may have been turned when the X-ray was taken, or one lung is smaller.
issue-no_film = No film was found in the photo.
    .next = Put the film on the light box and take a photo with all four corners in it.
    .remark = The borders of the film were hard to find: check that nothing is cut off.
issue-unreadable = The photo file is damaged and cannot be opened.
    .next = Take a new photo with the phone’s camera.
    .remark = A part of the photo file was damaged: check the radiograph for missing parts.

## Report draft

draft-preamble = Draft written by Fieldray from a photo of a chest film. It lists scores of findings, not a decision about the patient.
draft-scored = { $finding }: score { $score } (threshold { $threshold }), { $call }.
draft-scored-region = { $finding }: score { $score } (threshold { $threshold }), { $call }; seen most in the { $region }.
draft-hint = Hint (weak evidence): { $finding }: score { $score } (threshold { $threshold }), { $call }.
draft-hint-region = Hint (weak evidence): { $finding }: score { $score } (threshold { $threshold }), { $call }; seen most in the { $region }.
draft-region-side = { $zone } third, patient’s { $side } side
draft-region-central = { $zone } third, near the middle
draft-nothing-above = None of the assessed findings is at or near its threshold.
draft-nothing-assessed = No finding was assessed on this film.
draft-mirrored = The film was taken for one seen from its back, and the box mirrored it: check the side marker.
draft-mirror-doubtful = The box is not sure whether the film was seen from its back: check the side marker.
draft-age-doubtful = The film looks like a small child’s, but the patient is registered as older: check that it is this patient’s film.
draft-looks-the-same-this = The film looks the same as the film of study { $number } of this patient, and nobody has said yet whether it is.
draft-looks-the-same-another = Check whose film this is: it looks the same as the film of study { $number }, which is registered for another patient.
draft-same-film-another = Check whose film this is: the same film belongs to study { $number }, which is registered for another patient.
draft-remark = Remark: { $remark }
draft-not-assessed = Not assessed: { $findings }. { $reason }
draft-lung-share = Lung with opacity: { $both } % of both lungs (another photo of this film may give { $low } to { $high } %); right lung { $right } %, left lung { $left } %.
draft-lung-share-region = Lung with opacity: { $both } % of both lungs (another photo of this film may give { $low } to { $high } %); right lung { $right } %, left lung { $left } %; most in the { $region }.
draft-lung-share-none = Not assessed: share of lung affected. The lungs were not outlined in this reading.
draft-model = Scored by model { $model } on { $backend }.
draft-decision = A physician looks at the film and decides.

## Earlier films

priors-title = Earlier films of this patient
priors-help = Open one to see both films side by side.
prior-link = Study { $number }, { $time }
compare-title = Then and now
compare-back = Back to the study
compare-newer = Now: study { $number }
compare-earlier = Before: study { $number }
compare-names-differ = The names of these two studies differ. Make sure that both films are of the same person.
compare-change-more = More lung is affected than before.
compare-change-less = Less lung is affected than before.
compare-change-not-reliable = No reliable change.
compare-change-none = Cannot be compared: the lungs were not outlined in both films by the same network.
compare-change-help = A change counts only when it is larger than what another photo of the same films could bring. A physician looks at both films and decides.
compare-shares = Share of lung with opacity: { $before } % before, { $after } % now. Two photos of one film may differ by { $error } points.
compare-films = Both films
compare-slide = Left: the film now. Right: the film before. Move the border between them.
compare-registered = The earlier film is moved and stretched so that its lungs lie over those of the newer film. Its shape is not to be measured.
compare-unregistered = The lungs were not outlined in both films, so the earlier film is shown as it lies.
compare-calls = What the model said then and now
compare-calls-help = Only findings that were scored in both studies. Their scores are not compared: how much they differ between two photos is not known for this patient.
compare-call-same = Both times { $call }.
compare-call = Before: { $earlier }. Now: { $newer }.
## Report: writing and signing

report-edit-title = Report
report-amend-title = Amend the report
report-write = Write the report
report-read = Read the signed report
report-saved = Saved on the box: { $name }, { $time }. Not signed yet.
report-saved-note = Saved on the box. Not signed yet.
report-new-reading = The reading has changed since this was saved. Decide about the findings again.
report-findings-title = Findings
report-findings-help = What the box said stands beside each finding. What do you see on the film?
report-must = The box points at this one: decide before you sign.
report-hints-title = Hints with weak evidence
report-add-title = Add a finding
report-add-help = Findings that the box did not score. Tick what you see on the film.
report-conclusion = Conclusion
report-conclusion-help = Begun by the box. Write what the film shows.
report-recommendation = Recommendation
report-more-words = More words, if needed
report-no-template = None of these
report-score = score { $score }, threshold { $threshold }
report-not-assessed = not assessed
report-sign-title = Sign
report-sign-help = Your name goes under the report. Nobody can change it afterwards without a trace.
report-pin = Your PIN or password again
report-sign = Sign the report
report-sign-amended = Sign the changed report
report-save = Save, sign later
report-next = Next
report-previous = Previous
report-place = { $place } of { $count } to sign
report-reason = Why is the report changed?
report-reason-help = Everybody who reads the report sees this sentence.
report-undecided = Decide about “{ $finding }” before you sign.
report-no-conclusion = Write a conclusion before you sign.
field-text-long = At most { $most } characters, and no control characters.
opinion-seen = Seen
opinion-not_seen = Not seen
opinion-undecided = Undecided
decision-not_commented = Not commented
decision-accepted = Seen
decision-rejected = Not seen
decision-added = Seen, added
recommendation-clinical = Compare with the complaints and the examination of the patient.
recommendation-sputum = Examine sputum for tuberculosis (Xpert or smear).
recommendation-repeat = Repeat the film.
recommendation-again = Chest film again in 4 to 6 weeks.
recommendation-ct = CT of the chest.
recommendation-refer = Refer to a hospital.
not-assessed-heart-ratio = Cardiothoracic ratio
not-assessed-heart-ratio-reason = This box does not measure the heart.

## Report: signed

report-signed-title = Signed report
report-signed-by = Signed by { $name }, { $time }
report-version = Version { $version }
report-reason-line = Reason: { $reason }
report-older = This is an older version.
report-newest = Show the newest version
report-box-said = The box
report-physician-said = The physician
report-pdf = Print (PDF)
report-letter = Referral letter
report-amend = Amend the report
report-versions-title = Versions
report-versions-help = Each version is sealed together with the one before it. A change would show.
report-hash = Seal
report-none-written = Nothing written.
report-no-remarks = None.
how-singly = Read by itself
how-audit_sample = Read by itself, chosen by chance
how-batch = Signed together with others

## Review

review-title = Reports to sign
review-none = No report waits for a signature.
review-count = { $count ->
        [one] 1 report waits
       *[other] { $count } reports wait
    }
review-start = Read one by one
review-batch-title = Films without a finding near its threshold
review-batch-help = Everything was assessed, nothing is at or near its threshold, and nothing was remarked on the photo. You may look at these films together and sign once. Some of them are chosen by chance and are read one by one first.
review-batch-draw = { $count ->
        [one] Look at 1 film
       *[other] Look at { $count } films
    }
review-batch-open = Go on with the batch of { $count } films
review-list-title = By urgency
review-more = Only the first { $count } are shown. Sign some of them, then look again.
review-no-urgency = No urgency
batch-title = Films to sign together
batch-sample-title = First: chosen by chance, read one by one
batch-sample-help = A person looks at these films as if the box had said nothing. It shows when the scores go wrong.
batch-sample-saw = You saw something on a film of this sample although the box saw nothing. Read the others one by one too.
batch-sample-open = Read this film
batch-sample-done = Signed
batch-films-title = { $count ->
        [one] 1 film
       *[other] { $count } films
    }
batch-films-help = Look at each film: press it to see it large. Take the tick away from a film that you want to read by itself.
batch-include = Sign this one
batch-left = No longer in this batch: something happened to it. Read it by itself.
batch-confirm = I have looked at each of these films.
batch-sign = { $count ->
        [one] Sign 1 report
       *[other] Sign { $count } reports
    }
batch-wait = Read the films chosen by chance first.
batch-done = { $count ->
        [one] 1 report was signed.
       *[other] { $count } reports were signed.
    }
batch-hints = Hint above its threshold: { $findings }
batch-alt = Film of study { $number }

## Printed pages

print-title = Chest film report
print-patient = Patient
print-id = Clinic no.
print-registered = Registered
age-title-short = Sex, age
print-study = Study
print-finding = Finding
print-page = Page
print-hints-note = h: a hint with weak evidence
print-assist = Scores come from Fieldray and assist the person who decides. They are not a decision about the patient.
print-film-note = Photo of a film on a light box, made on { $time }. Not for measuring.
letter-title = Referral letter
letter-to = To whom (hospital, department)
letter-reason = Reason for the referral
letter-question = What is asked of them (optional)
letter-help = The letter is printed from the signed report. It is not kept on the box: print or save it.
letter-make = Make the letter (PDF)
letter-to-label = To
letter-reason-label = Reason
letter-question-label = What we ask
letter-opening = We refer this patient to you. The chest film was read on { $time }.
letter-field = Write 1 to { $most } characters.

## Operators

operators-title = Operators
operators-list = Who works with this box
operators-add = Add an operator
operators-name = Name
operators-role = May do
operators-submit = Add the operator
operators-added = { $name } was added. Say the PIN to that person, who chooses another one at the first login.

## About

about-title = About this box
about-is = Fieldray reads a photo of a chest X-ray film, makes the film straight and scores findings. It assists the person who decides.
about-not-title = What it is not
about-not-1 = It does not diagnose. A physician looks at the film and decides.
about-not-2 = No authority has cleared it as a medical device.
about-not-3 = A score below its threshold does not rule out illness. A missing score says nothing at all.
about-not-4 = It reads chest films from the front only. Findings listed as “not assessed” are not looked for.
about-models-title = Models on this box
about-models-none = No model is loaded: photos are stored, but not read.
about-model = { $id } { $version }
about-model-digest = SHA-256 { $digest }
about-version = Version { $version }
about-backend = Computes with { $backend }
about-backend-none = No model can run on this box now: photos are stored, but not read.
about-help-title = When you need help
about-help = Say the code (FR-…) on the page and the version above. Patient names are not needed.

## Help

help-title = Help
help-photo-title = A good photo in three steps
help-photo-1 = 1. Put the film upright on the light box.
help-photo-1-how = Shoulders at the top; the side marker (L or R) reads the right way round. Only one film. Light box on, room light off.
help-photo-2 = 2. Hold the phone straight in front of the film.
help-photo-2-how = Use both hands, with the phone parallel to the film and in front of its middle. Wait until the film is sharp.
help-photo-3 = 3. Take the photo with the whole film in it.
help-photo-3-how = All four corners are in the photo, and the film fills most of it.
help-bad-title = Take the photo again when it looks like this
help-bad-glare = A bright spot: a lamp or a window mirrors in the film.
help-bad-cut = Cut off: a corner or an edge of the film is missing.
help-bad-tilt = Slanted: the phone was not held parallel to the film.
help-score-title = What a score means
help-score-is = A score from 0 to 1 says how strongly the model sees signs of a finding on this film.
help-score-not = A score is not a decision about the patient, and it does not say how ill the patient is.
help-score-above = Above the threshold: show this film to a physician as soon as the page says.
help-score-below = Below the threshold: the model sees few signs. The patient may still be ill. If the patient looks ill, do not wait.
help-score-undecided = Too close to the threshold to say: the finding is undecided. A physician must look at the film.
help-not-assessed-title = What “not assessed” means
help-not-assessed = The box says nothing about this finding: its model does not look for it, or was not checked for this patient’s age. It does not mean that the finding is absent.
help-no-reading = No score at all means: the film was not read. It never means that nothing is wrong.
help-call-title = Whom to call
help-call-patient = If a patient is very ill, call the physician at once. Do not wait for the box.
help-call-contact = If the box does not work, call: { $contact }
help-call-nobody = If the box does not work, tell the administrator of this box.
help-call-code = Say the code (FR-…) on the page and the version under “About”. Patient names are not needed.

## Texts used by the script

js-live-starting = Opening the camera
js-live-find = Bring the whole film into the picture.
js-live-good = Good. Take the photo.
js-live-taking = Hold still
js-live-refused = The camera cannot be used here. Close this and press “Take a photo”.
js-waiting = Waiting
js-looking = Checking the photo
js-asked = Not sent yet
js-take-again = Take it again
js-send-anyway = Send it anyway
js-thumbnail = The photo that was taken
js-checking = Preparing
js-sending = Sending
js-stored = Safe on the box
js-known = Already on the box
js-retrying = No connection. Trying again by itself. Keep this page open.
js-failed = The photo is not on the box yet.
js-retry = Try again
js-remove = Remove
js-leave = A photo is still being sent.
js-photo = Photo
js-offline = No connection to the box. This page may be old.
js-too-large = The photo file is larger than the box takes.
js-too-large-next = Choose a smaller photo, or set the camera to a lower resolution.

## Faults

fault-FR-101 = The photo file is empty.
    .next = Take the photo again and send it.
fault-FR-102 = The photo file ends too early: a part of it is missing.
    .next = Send the photo again, or take a new one.
fault-FR-103 = This file is not a photo that the box can read.
    .next = Send a photo taken with the phone’s camera (JPEG, PNG or WebP).
fault-FR-104 = This photo is in the iPhone’s HEIC format, which the box cannot read.
    .next = On the iPhone open Settings → Camera → Formats, choose “Most Compatible”, and take the photo again.
fault-FR-105 = The photo file is larger than the box takes.
    .next = Choose a smaller photo, or set the camera to a lower resolution, and send it again.
fault-FR-106 = The photo has more pixels than the box takes.
    .next = Set the camera to a lower resolution and take the photo again.
fault-FR-107 = The photo has too few pixels to read a film.
    .next = Take a new photo with the phone’s camera; do not use a preview, a screenshot or a photo from a chat.
fault-FR-108 = The file is animated: it holds more than one photo.
    .next = Take a single photo of the film and send it.
fault-FR-109 = The photo is stored in print colours (CMYK).
    .next = Take a photo with the phone’s camera, or save the file as an RGB or grey JPEG.
fault-FR-110 = The photo has 16 bits per colour, which the box does not read.
    .next = Save the file with 8 bits per colour, or take a photo with the phone’s camera.
fault-FR-111 = The file claims to be far larger than it can be.
    .next = Take a new photo with the phone’s camera and send it.
fault-FR-112 = The photo was damaged on its way to the box.
    .next = Send the photo again.
fault-FR-113 = The photo file is damaged and cannot be opened.
    .next = Take a new photo and send it.
fault-FR-114 = The connection ended before the whole photo arrived.
    .next = Go closer to the box and send the photo again.
fault-FR-115 = No photo was sent.
    .next = Choose a photo first, then press “Send the photo”.
fault-FR-116 = The same photo already belongs to another study.
    .next = Check that you are in the right patient’s study, then take a new photo of this patient’s film.
fault-FR-117 = This upload was already used for another photo.
    .next = Open the study’s page again and send the photo from there.
fault-FR-118 = This study already has as many photos as the box takes.
    .next = Use one of the photos in the list, or register the film again as a new patient visit.
fault-FR-119 = Too many photos are waiting to be read.
    .next = Wait a few minutes, then send the photo again.
fault-FR-201 = A field is missing or wrong.
    .next = Correct the marked fields and send the form again.
fault-FR-202 = The box could not read the form.
    .next = Go back, open the page again and send the form again.
fault-FR-203 = These corners cannot be those of a film.
    .next = Put one mark on each corner of the film, so that no lines cross, and send it again.
fault-FR-301 = The name or the PIN or password is wrong.
    .next = Check your name and write it again. An administrator can give you a new one.
fault-FR-302 = There were too many wrong tries.
    .next = Wait for the time shown, then write the PIN or password again.
fault-FR-303 = You are not logged in.
    .next = Log in, then try again.
fault-FR-304 = The first-login code is wrong.
    .next = Write the code that the box printed on its console when it started.
fault-FR-305 = The request came from an old page or from another address.
    .next = Open the worklist again and repeat what you did.
fault-FR-306 = You may not do this.
    .next = Ask an administrator of this box.
fault-FR-307 = The box is already set up.
    .next = Log in with your name and PIN.
fault-FR-308 = Another person has this name.
    .next = Add a second name or an initial.
fault-FR-309 = Nobody changes their own account here.
    .next = Ask another administrator.
fault-FR-310 = Your PIN was made by somebody else and is good for choosing a new one only.
    .next = Choose your own PIN or password, then go on.
fault-FR-311 = This phone was not used for a while and is locked.
    .next = Load the page again and write your PIN or password.
fault-FR-312 = This is the PIN or password that you have now.
    .next = Choose another one.
fault-FR-401 = There is no such study on this box.
    .next = Go to the worklist and choose the study there.
fault-FR-402 = There is no such page on this box.
    .next = Go to the worklist.
fault-FR-403 = This study is closed: it is signed or voided.
    .next = Register a new study for a new film.
fault-FR-404 = The photo is being read just now.
    .next = Wait until it was read, then correct it.
fault-FR-405 = There is no such person on this box.
    .next = Go back to the list of operators.
fault-FR-406 = There is no such test for this film.
    .next = Open “Tests and outcome” of the film again.
fault-FR-407 = There is no such alert.
    .next = Go back to the list of alerts.
fault-FR-501 = A step failed inside the program. The photo is safe.
    .next = Press “Try again”; if it fails again, tell support the code.
fault-FR-502 = The model on this box is missing or failed its self-test. The photo is safe.
    .next = Tell support the code; press “Try again” after the box was repaired.
fault-FR-503 = A stored file is missing or damaged.
    .next = Take a new photo of the film, and tell support the code.
fault-FR-601 = This film has no reading to report on.
    .next = Wait until the film was read, or take another photo of it.
fault-FR-602 = Somebody else has saved this report since you opened it.
    .next = Your words are still in the form. Compare them with the other version, then save again.
fault-FR-603 = Something happened to this study since you opened the page.
    .next = Look at the page again, then sign.
fault-FR-604 = The report is not complete.
    .next = Decide about every finding that the box points at, and write a conclusion.
fault-FR-605 = A signed report can only be changed with a reason.
    .next = Write why the report is changed.
fault-FR-606 = No film can be signed together with others now.
    .next = Read the reports one by one.
fault-FR-607 = Films chosen by chance are not signed yet.
    .next = Read and sign them one by one first.
fault-FR-608 = Nothing was signed: a tick or a film is missing.
    .next = Choose the films, then tick that you have looked at each of them.
fault-FR-609 = The box is printing other pages just now.
    .next = Try again in half a minute.
fault-FR-610 = The signed versions of this report do not hold together: something was changed after signing.
    .next = Do not use this report. Call support and say the code.
fault-FR-701 = Nobody confirms what they proposed themselves.
    .next = Ask somebody else to look at it.
fault-FR-702 = Somebody has decided about these rules meanwhile.
    .next = Look at the rules as they are now.
fault-FR-703 = There is no way to reach this person.
    .next = Write a number or pair a chat first.
fault-FR-704 = This box’s network only hints at that finding, or does not look for it. It cannot raise an alert.
    .next = Choose a finding that is in the form.
fault-FR-802 = This version does not lie ready any more.
    .next = Look at the page about updates again; put the stick in again if it came on one.
fault-FR-803 = Another update goes on.
    .next = Wait until it has ended.
fault-FR-804 = A new version of the program proves itself just now.
    .next = Wait half a minute, then load the page again.
fault-FR-805 = Nothing was done: the tick that you agree is missing.
    .next = Read the page, tick that you agree, and press the button again.
fault-FR-806 = This box has no key of support.
    .next = Ask support for the settings line with its key.
fault-FR-901 = The disk of the box is nearly full.
    .next = Tell support the code; photos can be sent again when there is space.
fault-FR-902 = The box could not write to its disk.
    .next = Try again; if it fails again, switch the box off and on once and tell support the code.
fault-FR-999 = Something inside the program failed.
    .next = Try again; if it fails again, tell support the code.

captive-title = Open the box in your browser
captive-1 = Stay in this Wi-Fi.
captive-2 = Open Chrome, Safari or another browser. Photos cannot be sent from this small window.
captive-3 = Type this address:
captive-read = I have read this
captive-done = Good. You can close this window.
captive-other = Another phone can point its camera at this:
captive-qr = Address of the box as a QR code
trust-title = Live camera view
trust-intro = Everything on this box works without this page. Only the live camera view needs it: the phone must first trust this box. Do this on phones of the clinic only.
trust-download = Get the box’s certificate
trust-android-title = On an Android phone
trust-android-1 = Press the button above and keep the file.
trust-android-2 = Open the phone’s settings, search for “CA certificate”, and choose the file.
trust-android-3 = The phone warns that the network may be watched. That is expected here.
trust-apple-title = On an iPhone
trust-apple-1 = Press the button above in Safari and allow the profile.
trust-apple-2 = In Settings, open “Profile Downloaded” and install it.
trust-apple-3 = In Settings, General, About, Certificate Trust Settings, switch on the box.
trust-then = Then use the box at this address:
trust-limits = The certificate is good for this box and names in the clinic’s own network only. It cannot open anything on the internet.
trust-fingerprint = SHA-256 of the certificate, to compare with the sheet that came with the box:
trust-other = Another phone can point its camera at this:
trust-qr = Address of this page as a QR code
trust-brought-title = A certificate that phones may know already
trust-brought = This box also shows a certificate from elsewhere. If the phone opens this address without a warning, nothing more has to be done on it. What stands below is for the box’s other names.

# Certificates from elsewhere, for pages over HTTPS.
brought-files = HTTPS: certificate from the settings
    .next = Ask who gave the certificate for a new one, and put it where the old one is. Until then phones get a warning for these names; the box’s own certificate and plain pages go on.
brought-portal = HTTPS: certificate from the portal
    .next = Tell whoever runs the portal that a new one is needed. When it has ended, phones get a warning for these names; the box’s own certificate and plain pages go on.
brought-holds = for { $names }, until { $time }
brought-soon = for { $names }, ends soon: { $time }
brought-early = for { $names }: its time has not begun by the clock of the box
    .next = See whether the clock of the box is right.
brought-ended = for { $names }, ended: { $time }; the box shows its own
brought-unusable = the new files cannot be used; one from before stays until its end
    .next = See whether both files are there, whole, and belong together. The log of the box says more.

# The way to a PACS. What follows the name is about it.
pacs-none = PACS: not set up. Films and reports stay on this box.
pacs-name = PACS:
pacs-answers = PACS: answers to this box
pacs-all = { $count ->
        [one] { $count } object is stored, and nothing waits
       *[other] { $count } objects are stored, and nothing waits
    }
pacs-counts = stored { $stored }, waiting { $waiting }
pacs-refused = { $count ->
        [one] { $count } object was refused ({ $reasons })
       *[other] { $count } objects were refused ({ $reasons })
    }
    .next = They stay on the box and are sent again at its next start. Tell the PACS administrator what stands here.
pacs-fault-unreachable = cannot be reached now
    .next = Nothing is lost, and the box tries again by itself. If this stays for days, look after the network and compare the address in the settings file.
pacs-fault-not-allowed = does not accept this box
    .next = Give the PACS administrator the box’s AE title or user name, and compare both with the settings file.
pacs-fault-busy = takes nothing in now
    .next = Nothing is lost. If this stays for a day, tell the PACS administrator.
pacs-fault-bad-answer = something else answers at its address
    .next = Compare address and port in the settings file with those of the PACS. Nothing counts as sent.
pacs-fault-set-up = cannot be set up
    .next = Tell support what stands here. They look into the box’s log.

# The way to a FHIR server. What follows the name is about it.
fhir-none = FHIR: not set up. Nothing goes to a FHIR server.
fhir-name = FHIR:
fhir-answers = FHIR: answers to this box and can take in what it sends
fhir-all = { $count ->
        [one] { $count } bundle is taken in, and nothing waits
       *[other] { $count } bundles are taken in, and nothing waits
    }
fhir-counts = taken in { $taken }, waiting { $waiting }
fhir-held-back = { $count } wait because every byte costs
fhir-refused = { $count ->
        [one] { $count } bundle was refused ({ $reasons })
       *[other] { $count } bundles were refused ({ $reasons })
    }
    .next = They stay on the box and are sent again at its next start. Tell the administrator of the FHIR server what stands here.
fhir-fault-unreachable = cannot be reached now
    .next = Nothing is lost, and the box tries again by itself. If this stays for days, look after the network and compare the address in the settings file.
fhir-fault-not-allowed = does not accept this box
    .next = Compare the name and the secret of this box in the settings file with the administrator of the FHIR server.
fhir-fault-busy = takes nothing in now
    .next = Nothing is lost. If this stays for a day, tell the administrator of the FHIR server.
fhir-fault-bad-answer = something else answers at its address
    .next = Compare the address in the settings file with the administrator of the FHIR server. Nothing counts as sent.
fhir-fault-version = speaks another version of FHIR
    .next = This box speaks FHIR R4. Ask the administrator of the FHIR server for an address that does. Nothing counts as sent.
fhir-fault-no-transactions = does no transactions
    .next = This box sends what belongs together as one transaction. Ask the administrator of the FHIR server to allow that. Nothing counts as sent.
fhir-fault-no-conditions = cannot recognise what it has already
    .next = Ask the administrator of the FHIR server to allow conditional create and update. Until then nothing is sent: it would be there twice.
fhir-fault-set-up = cannot be set up
    .next = Tell support what stands here. They look into the box’s log.

# What is wrong with the certificate of a PACS or of a FHIR server.
certificate-date = its certificate does not hold at the box’s date
    .next = The usual reason is a wrong clock: look at the box’s date first. If that is right, the certificate has run out: tell its administrator. Nothing is sent until then, and nothing is lost.
certificate-unknown = its certificate comes from somebody whom this box does not know
    .next = Ask its administrator for the file with its certificate authority and name it in the settings file as ca_file. Nothing is sent until then, and nothing is lost.
certificate-name = its certificate is for another name
    .next = Compare the name in the address in the settings file with its administrator: somebody else may be answering. Nothing is sent until then, and nothing is lost.
certificate-other = its certificate is not valid, or it does not speak TLS
    .next = Check http or https at the start of the address in the settings file, and tell its administrator. Nothing is sent until then, and nothing is lost.

# The way to the portal.
sync-none = Portal: not set up. Records stay on this box.
sync-never = Portal: not reached yet
sync-contact = Portal: last contact { $time }
sync-all = everything has its receipt
sync-waiting = waiting for a receipt: { $urgent } urgent, { $results } results, { $reports } reports, { $images } films
sync-held-back = films wait, because sending costs money or today’s limit is reached
sync-parked = { $count ->
        [one] { $count } record was not taken in
       *[other] { $count } records were not taken in
    }
    .next = They stay on the box and are sent again at its next start. Tell support.
sync-fault-unreachable = cannot be reached now
    .next = Nothing is lost, and the box tries again by itself. If this stays for days, look after the box’s network.
sync-fault-wrong-portal = another portal answers at its address
    .next = Nothing was sent. Compare address and key on the page “Portal of this box” with those of the portal.
sync-fault-not-enrolled = does not know this box
    .next = Ask the portal’s administrator for a new code and write it on the page “Portal of this box”.
sync-fault-revoked = has shut this box out
    .next = Call the portal’s administrator. A box that was found again gets a new code.
sync-fault-busy = takes nothing in now
    .next = Nothing is lost. If this stays for a day, tell the portal’s administrator.
sync-fault-bad-answer = its answer cannot be trusted
    .next = Nothing counts as sent. Tell support and the portal’s administrator.
sync-fault-set-up = cannot be set up
    .next = Tell support what stands here. They look into the box’s log.
announce-ready = Urgent results go to the portal by text message when no link comes for { $minutes } minutes
announce-sent = { $count ->
        [one] { $count } urgent result was announced to the portal by text message ({ $time }); the full record still waits
       *[other] { $count } urgent results were announced to the portal by text message ({ $time }); the full records still wait
    }
announce-heard = the portal has read it ({ $time })
announce-not-ready = the portal cannot read them yet
    .next = One contact with the portal is needed before text messages can be sent. If there was one, the portal’s program is too old.
announce-spent = the text messages of today are used up
    .next = Further urgent results are announced later. Carry the records to the portal, or call.

# The portal’s own page.
portal-fleet-title = Boxes
portal-fleet-intro = Every box of this portal, and when it last spoke. Nothing about patients is shown here.
portal-fleet-none = No box is enrolled yet. The command “{ $command }” prints a code for the first one.
portal-fleet-well = { $well } of { $count } are well
portal-key-asked = This page asks for its key. The command “{ $command }” makes one.
portal-box-never = never in contact
portal-box-contact = last contact { $time }
portal-box-held = { $count ->
        [one] { $count } record is held
       *[other] { $count } records are held
    }
portal-box-disk = { $count } MiB are free on its disk
portal-ring = Ring { $ring }
portal-ring-choose = Ring of this box
portal-ring-set = Put it there
portal-support-how = Files for support. They are locked: only the holder of support’s key can open them.
portal-support-line = Of { $time }, { $size } KiB, here until { $until }
portal-rollout-title = Roll-outs
portal-rollout-intro = Versions and settings that go to boxes ring by ring, 0 first and 3 last. A ring gets them when the ring before is well.
portal-rollout-none = Nothing is rolled out. The command “{ $command }” begins.
portal-rollout-bundle = Roll-out { $number }: version { $version }
portal-rollout-settings = Roll-out { $number }: settings
portal-rollout-target = For { $target }, { $count } MiB
portal-rollout-packs = Model packs in it: { $packs }
portal-rollout-rules = Each box is to be on with it for { $hours } h; { $percent } % of a ring; boxes that were silent for { $days } days do not count
portal-rollout-running = It goes on: ring { $ring }
portal-rollout-held = Halted in ring { $ring }
portal-rollout-stopped = It has stopped in ring { $ring }: a box is not well
portal-rollout-finished = Every ring has it and is well
portal-rollout-withdrawn = Taken back
portal-rollout-nobody = No box of this ring counts, and none has shown yet that it does no harm. Put a box into ring 0, or go on to the next ring.
portal-rollout-well = { $well } of { $count } boxes of the ring are well
portal-rollout-events = What happened
portal-rollout-late = Meanwhile it stands elsewhere. Look again.
portal-rollout-name-missing = Write your name: it stands beside what you say.
portal-fate-unasked = Not asked yet
portal-fate-asked = Asked, nothing heard
portal-fate-waiting = Has the order
portal-fate-fetching = { $percent } % are there
portal-fate-no_room = Too little space on the box
portal-fate-ready = Lies ready on the box: somebody there is to agree
portal-fate-installing = Is being installed
portal-fate-taken = Done; on with it for { $hours } h
portal-fate-well = Well
portal-fate-passed = Not meant for this box
portal-fate-silent = Done, but silent since
portal-fate-excused = looked at
portal-word-go_on = Go on: what is wrong was looked at
portal-word-hold = Halt
portal-word-next_ring = Do not wait for this ring
portal-word-withdraw = Take it back
portal-event-begun = Begun with ring { $ring }
portal-event-ring = Came to ring { $ring }
portal-event-running = Goes on
portal-event-held = Halted
portal-event-stopped = Stopped
portal-event-finished = Finished
portal-event-withdrawn = Taken back
portal-event-itself = by itself
portal-state-well = Well
portal-state-silent = Silent for more than a day
    .next = Ask the clinic whether the box is on and has a network.
portal-state-parked = Some of its records were not taken in
    .next = Bring the box and the portal to the newest version. The records stay on the box.
portal-state-conflict = In conflict: one number, two contents
    .next = The box was probably restored from an old copy. Both records are kept. Tell support.
portal-state-revoked = Shut out
    .next = A new code lets it in again.

settings-title = Settings of the clinic
settings-first = Tell the box where it stands. Everything can be changed later.
settings-name = Name of the clinic
settings-name-help = Stands on reports, letters and alerts.
settings-language = Language where nobody has chosen one
settings-language-any = As each phone asks
settings-offset = Local time minus world time (UTC)
settings-offset-help = Hours and minutes. India: +5:30. Bangladesh: +6:00. Nepal: +5:45.
settings-contact = Whom to call for help
settings-contact-help = A name and a number, shown on the help page.
settings-submit = Save
field-site_name = At most 120 characters on one line.
field-utc_offset = Hours and minutes between -12:00 and +14:00, such as +5:30.
field-support_contact = At most 120 characters on one line.
first-title = First steps
first-intro = What this box still needs before the first patient. You can come back here at any time.
first-done = Done
first-open = To do
first-do = Do it now
first-look = Look again
first-later = To the worklist
first-site = Name, language and time of the clinic
    .how = So that reports, letters and alerts say where they come from.
first-clock = The clock is confirmed
    .how = The box takes its time from the network when it can; otherwise set it here. Until then times carry a remark.
first-people = A technician and a physician
    .how = Add at least one of each. Each chooses an own PIN.
first-recipients = Somebody who gets alerts
    .how = Each person writes an own phone number or Telegram on this page, and tries it.
    .way = First say how alerts leave the box: a bot of Telegram, a modem, a phone or a gateway.
    .untried = Send a test to somebody. This step is done as soon as one has got through.
    .works = A message got through to somebody.
first-acceptance = Acceptance test
    .how = The box reads drawn films and looks at its storage. It takes a few minutes.
acceptance-title = Acceptance test
acceptance-intro = The box reads drawn films from upload to draft report, and looks at everything it stands on. No patient is in these films, and nothing is kept of them.
acceptance-running = The test is running. This page looks again by itself.
acceptance-start = Start the test
acceptance-last = The last test
acceptance-passed = The box passed
acceptance-failed = The box did not pass: do not use it for patients yet
acceptance-sheet = Save the signed sheet
acceptance-good = good
acceptance-missing = missing
acceptance-bad = not good
acceptance-networks = Networks
    .next = Tell support what stands here. Without networks no film is read.
acceptance-reading = A good film is read
    .next = Tell support what stands here. Do not use the box.
acceptance-repeatable = The same film gives the same scores
    .next = Tell support what stands here. Do not use the box.
acceptance-blurred = A blurred film is sent back
    .next = Tell support what stands here. Do not use the box.
acceptance-no-film = A photo without a film is sent back
    .next = Tell support what stands here. Do not use the box.
acceptance-records = Records and files agree
    .next = Tell support what stands here. The storage may be failing.
acceptance-storage = Storage keeps what it is given
    .next = See “State of the box” for what to do.
acceptance-room = Room for films
    .next = Connect a larger disk, or ask support to move old films.
acceptance-flush = Writing is confirmed honestly and quickly
    .next = Ask support for built-in storage or an NVMe disk.
acceptance-heat = Heat after the work
    .next = Put the box in the shade, keep its vents free, blow out dust.
acceptance-clock = Clock
    .next = The box can be used; times carry a remark until the clock is confirmed.
acceptance-radio = Wi-Fi of the box
    .next = The box can be used over the clinic’s network. For its own Wi-Fi, tell support.
acceptance-alerts = Alerts
    .next = Set up a way for alerts, and write down a phone number or Telegram for at least one person.
fault-FR-801 = A test is running already
    .next = Wait until it is done; the page shows it.
clock-title = Clock of the box
clock-now = The box’s clock says
clock-help = Type the day and time of a watch or phone that is right, as it is here.
clock-day = Day
clock-time = Time
clock-submit = Set the clock
clock-elsewhere = The clock is set outside this page on this machine.
clock-set = The clock will be right in a moment. Look again.

## Patients: found again, asked about, slips, camps

clinic-number = Clinic no. { $id }
patients-title = Find a patient
patients-ask = Name, ID or number
patients-ask-help = The ID on the slip, the clinic’s number, a study number, a programme’s number, or a name in any script.
patients-find = Find
patients-newest = Newest patients
patients-none = Nobody was found.
patients-none-next = Try another spelling or the number on the slip, or register a new patient.
patients-list = Patients that were found, the best first
patients-more = There are more. Write more of the name, or a number.
patients-mistyped = This looks like the ID of a slip, but it is mistyped: its last character does not fit.
patients-mistyped-next = Compare it with the slip, character by character.
patient-newest = { $count ->
        [one] 1 film: study { $number }, { $time }
       *[other] { $count } films, the newest: study { $number }, { $time }
    }
patient-new-film = New film of this patient
patient-studies = Films of this patient
patient-all = All films
found-by-box-id = ID
found-by-study = Study { $number }
found-by-local-id = Clinic’s number
found-by-programme = Programme’s number
found-by-name = Name
scan-title = Photograph the code on the slip
scan-none = No code was found in the photo. Photograph the slip from near and in good light, or type the ID.
register-known-title = New film
register-known-help = Ask for sex and age and write them down: that shows whether it is the right patient. You may leave them out.
register-was-here = Was here before? Find the patient
register-more = Reason, symptoms, programmes
box-id-unknown = There is no patient with this ID on this box. Find the patient by name.
box-id-mistyped = This looks like the ID of a slip, but it is mistyped. Compare it with the slip.
reason-title = Why is the film taken?
reason-none = Not said
reason-screening = Screening, no complaints
reason-triage = Complaints
reason-ward = Patient of a ward
reason-pre_operative = Before an operation
symptoms-title = Symptoms
symptom-cough = Cough for 2 weeks or longer
symptom-fever = Fever
symptom-weight_loss = Loss of weight
symptom-night_sweats = Sweating at night
symptom-blood_in_sputum = Blood in the sputum
symptom-breathlessness = Short of breath
symptom-chest_pain = Pain in the chest
symptom-tb_contact = Contact with tuberculosis
past-tb-title = Treated for tuberculosis before?
past-tb-unknown = Not known
past-tb-no = No
past-tb-yes = Yes
hiv-title = HIV status
hiv-help = You may leave this out. Only physicians see it.
hiv-kept = An answer is on record, which only physicians see. A new answer takes its place.
hiv-unknown = Not known
hiv-negative = Negative
hiv-positive = Positive
indication-title = Why this film
indication-none = Nobody has written why the film was taken.
indication-change = Write or change
indication-save = Save
indication-reason = Reason: { $reason }.
indication-symptoms = Symptoms: { $symptoms }.
indication-past-tb-no = Not treated for tuberculosis before.
indication-past-tb-yes = Treated for tuberculosis before: old scars can raise the score.
indication-hiv = HIV status: { $status }.
note-screening-point = A finding is close to its threshold. In screening this counts, so that few are missed.
    .next = Let a physician look at the film, and think of a sputum test.
note-symptoms-call-for-test = The patient has symptoms that call for a tuberculosis test, whatever the score says.
    .next = Ask for sputum, also when the score is low.
note-symptoms-and-score = The patient has symptoms of tuberculosis, and the score is at or above the threshold, though close to it.
    .next = Do not wait: ask for sputum, and let a physician look at the film today.
note-fitness-not-judged = The film was taken before an operation. The box does not judge whether the patient is fit for it.
    .next = The physician and the surgical team decide that.
note-ward-film = The patient lies in a ward. The model was not checked on films taken in bed.
    .next = Rely on the film itself more than on the scores.
point-lower-edge = In screening, “too close to say” counts like “above the threshold”.
point-threshold = With these symptoms, a tuberculosis score at or above the threshold counts even where it is too close to say.
programme-nikshay = Ni-kshay ID
programme-abha = ABHA number
programme-other = Another programme
programme-name = Its name
programme-id = Number there
field-nikshay = Write the Ni-kshay ID as a number of 5 to 12 digits.
field-abha = Write all 14 digits of the ABHA number.
field-programme = Write the name of the programme.
field-programme_id = Write the number in that programme, 2 to 40 letters and digits.
alike-programme = The same number of a programme
alike-local-id = The same clinic’s number
alike-name = A name that sounds alike, the same sex, and an age that fits
ask-who-title = Was this patient here before?
ask-who-what = You wrote: { $typed }. Somebody like this is registered already.
ask-who-next = Ask the patient and compare. The box does not decide this.
ask-same = It is this person
ask-else = It is somebody else: register as new
ask-back = Back to the form
ask-whether-title = Is this the right patient?
ask-whether-next = Ask the patient’s name, and look at the slip or the card.
ask-sex = Sex: you wrote “{ $told }”, on record is “{ $record }”.
ask-age = Age or year of birth: you wrote “{ $told }”, on record is “{ $record }”.
ask-age-born = born in { $year }
ask-age-told = { $years } years in { $year }
ask-record-right = Right patient: what is on record is right
ask-told-right = Right patient: what I wrote is right
camp-title = Next patient
camp-begin = Many patients in a row (camp)
camp-help = The reason is then screening, and after each photo the next patient can come at once.
camp-end = End the camp
camp-next = Next patient
camp-strip = The newest films
slip-title = Slip for the patient
slip-show = Slip with code
slip-code = QR code of the ID
slip-help = Bring this slip or a photo of it the next time: with it your earlier films are found.
slip-on = Go on to the photo
slip-pdf = Print (PDF, A6)
print-box-id = ID
fault-FR-408 = There is no such patient on this box.
    .next = Find the patient by name, or by the number on the slip.
fault-FR-903 = All numbers that this box may give to patients are used up.
    .next = Tell support the code: the box needs a new range of numbers.

## Records carried to the portal by hand
carry-title = Without a network
carry-open = Carry records to the portal
carry-what = Everything that waits for the portal can be carried there as a file, on a stick or on a phone. The portal’s answer comes back the same way.
carry-safe = The file is encrypted: only the portal can read it. Nothing is removed here before the answer is back, and carrying a file twice does no harm.
carry-out-title = 1. Save and carry there
carry-all = Save everything
carry-small = Save without the films (small file)
carry-nothing = Nothing waits for the portal.
carry-back-title = 2. Bring the answer back
carry-answer = The portal’s answer (a file)
carry-submit = Take the answer in
carry-done = The answer is taken in: { $receipts } records have their receipt, { $refused } were refused.
fault-FR-807 = This box has no key of a portal for files that are carried.
    .next = Ask the portal’s administrator for the line “recipient” and write it on the page “Portal of this box”.
fault-FR-808 = This is not the portal’s answer to this box, or it is not whole.
    .next = Copy the file again from the portal and choose it once more. Nothing was changed.

wiped-title = This box was wiped
wiped-told = { $name } told it from the portal on { $time } to destroy keys, database and films. Nothing about patients is left on it.
wiped-next = If you found this box, give it back to the clinic or to the people of the portal. They set it up anew.
portal-read-name = Your name
portal-read-code = Code that works once
portal-read-choose = Choose a password
portal-read-choose-help = At least 8 characters, not digits alone. Nobody else may know it.
portal-read-again = The same again
portal-read-enter = Go on
portal-read-login = Log in to read films
portal-read-begin = First time here: use your code
portal-read-wrong = Name or passcode is wrong.
portal-read-choose-wrong = Write the same passcode twice. Simple ones are refused.
portal-read-code-wrong = Name or code is wrong, or the code was used already. Ask for a new one.
portal-films-title = Films to read
portal-films-intro = What boxes have sent and nobody of the portal has read, the most urgent first.
portal-films-none = No film waits.
portal-films-read = Read lately
portal-film-given = Your reading goes to the box when it is next in contact.
portal-film-not-here = The radiograph has not come yet: images go last.
portal-film-help = What the box said stands beside each finding. Nothing is chosen for you.
portal-film-send-help = The box shows it as a second opinion under your name. It replaces no report.
portal-film-send = Give this reading
portal-announced-title = Announced by text message
portal-announced-intro = Urgent results of boxes without a link. Call the clinic and name the study: there is no film to read yet.
portal-announced-waits = The film has not arrived.
portal-announced-overdue = The film has not arrived for two weeks. Ask the clinic.
portal-announced-missing = The box has a receipt for this record, but it is not here. Tell the portal’s administrator.
portal-announced-differs = The record has arrived and says something else. Look at the film, and call the clinic.
portal-announced-seen = I have looked at this
portal-announced-known = known on the box { $time }
portal-announced-came = text message { $time }
portal-announced-more = and further findings
portal-alert-open = At the clinic nobody has taken the alert over.
portal-alert-acknowledged = At the clinic somebody has taken the alert over.
portal-alert-none = At the clinic there was no alert.
portal-box-announced = { $count ->
        [one] { $count } urgent result was announced by text message; its record has not arrived
       *[other] { $count } urgent results were announced by text message; their records have not arrived
    }
portal-box-contradictions = { $count ->
        [one] { $count } record does not fit its text message
       *[other] { $count } records do not fit their text messages
    }
portal-box-incomplete = { $count ->
        [one] { $count } text message lacks its other half
       *[other] { $count } text messages lack their other half
    }
portal-state-announced = Record and text message do not fit together
    .next = A reader finds them above the films to read.
review-by = Second opinion from the portal: { $name }, { $time }
review-beyond = Sees what the box did not point at: { $findings }. Look at the film again.
review-other-film = It is about another photo of this study than the one shown here.
review-beside = It stands beside the box’s reading and the report, and replaces neither.
review-seen = I have looked at it
review-seen-help = The worklist shows this study on top until a physician has signed since, or says here that it was looked at.
review-take = Take over these words
review-alarm = Study { $number }: the portal sees more than the box. A physician has to look.
review-alarm-mark = Portal sees more
orders-title = Asked by the portal
orders-intro = Everything that the portal has asked of this box, and what became of it. Nothing about patients is shown here.
orders-set-title = Settings in force from the portal
orders-list-title = Orders
orders-none = The portal has asked for nothing.
order-kind-wipe = Destroy everything on this box
order-kind-review = Second opinion about a film
order-kind-settings = Change of settings
order-kind-support = Support asks to see how the box is
order-kind-bundle = New version from the portal
order-kind-withdraw_bundle = The portal takes a version back
order-kind-certificate = Certificate for pages over HTTPS
order-kind-other = Something that this program does not know: { $kind }
order-sent = Not heard of by the box yet
order-kept = Kept, done by nobody
order-waiting = Waits for a person’s answer
order-agreed = Agreed, on its way to the portal
order-done = Done
order-refused = Not done
order-withdrawn = Taken back
order-untold = the portal does not know yet
order-refused-unreadable = this program cannot read it
order-refused-study_unknown = there is no such study here
order-refused-setting_unknown = a portal may not change this setting
order-refused-setting_invalid = the setting cannot have this value
order-refused-expired = a later order came before it
order-refused-declined = somebody here said no
order-refused-bad_signature = nobody whom the box trusts has signed it
order-refused-damaged = what came is damaged, or not what was ordered
order-refused-older = the box has a newer version
order-refused-other_machine = it is for another kind of box
order-refused-from_too_old = the version of the box is too old for it
order-refused-from_too_new = the version of the box is newer than it expects
order-refused-database_newer = it does not know the database of the box
order-refused-no_room = there is too little space on the disk
order-refused-no_slots = the box is not set up for updates
order-refused-trial_failed = it failed when it tried the copy
order-refused-went_back = it did not start; the box went back
order-refused-install_failed = something failed while it was installed
order-refused-withdrawn = the portal has taken it back
order-refused-no_https = the box has no pages over HTTPS
order-refused-certificate_damaged = it is no certificate, or its chain does not hold together
order-refused-certificate_sealed = its key is not encrypted to this box: send it again
order-refused-certificate_key = its key does not belong to it
order-refused-certificate_names = it has no name that a phone could ask for
order-refused-certificate_ended = it has ended by the clock of the box
order-refused-consent_ended = the consent was over before the portal had the file
order-times = Order { $number } · made { $made } · came { $taken }
order-set = { $setting }: { $value } · set by { $name } · { $time } · order { $number }
portal-setting-support_contact = Whom to call
portal-setting-metered = Sending costs money (films wait)
portal-setting-budget_mib_per_day = Limit of a day, MiB
support-asked = { $name } of the portal asks that support may see how this box is, for { $count } hours
support-asked-next = Somebody who may update the box answers on the page for support.
support-allow = Yes, for this time
support-decline = No

## What a portal proposes, keys that change, orders that cannot be trusted
credit-title = Named in the report
credit-help = Whoever wrote words that you took over is named beside your signature. Take the mark away where none of the words are left.
credit-review = With words of the second opinion by { $name }, { $time }
credit-amendment = As { $name } of the portal proposed, { $time }
proposal-by = Proposed amendment to version { $version } from the portal: { $name }, { $time }
proposal-why = Why:
proposal-older = It is about an older version: another one was signed since. Compare both before you decide.
proposal-beside = It changes nothing by itself. A physician here takes it over or declines it.
proposal-take = Look at it and take it over
proposal-decline = Decline it
proposal-decline-why = Why do you decline it?
proposal-decline-help = The portal is told these words.
proposal-decline-send = Decline
proposal-taken = Taken over into version { $version } by { $name }, { $time }
proposal-declined = Declined by { $name }, { $time }: { $reason }
proposal-filled = The form holds what { $name } proposes. Check everything, then sign it as your own amendment, or leave the page.
proposal-over-draft = What was saved before and not signed is replaced when you save here.
proposal-alarm = Study { $number }: the portal proposes to amend the signed report. A physician has to answer.
proposal-mark = Amendment proposed
alert-by-portal = A radiologist of the portal sees it.
order-kind-amendment = Proposed amendment to a signed report
order-kind-rotate = New key for this box
order-kind-portal_key = New key of the portal
order-refused-version_unknown = the report has no such version here
order-refused-unverifiable = the portal did not sign it for this box, or it cannot be kept
orders-parked-title = Orders that cannot be trusted
orders-parked-what = They came in the portal’s name, and it did not sign them for this box, or they cannot be kept. Nothing is done for them. Tell whoever runs the portal.
order-parked-times = Order { $number } · came { $taken }
box-key-title = Key of this box
box-name-line = Name: { $name }
box-key-line = Key: { $key }… · changes so far: { $count }
box-key-waits = A new key waits. It is used as soon as the portal has heard of it.
box-key-help = By its key the box proves to the portal who it is. A new one takes its place and nothing is sent again. After a theft the portal has to shut the box out instead.
box-key-new = Make a new key
carry-orders = Orders of the portal in it: { $count }.
portal-amend-title = Propose an amendment
portal-amend-open = Propose an amendment
portal-amend-back = Back to the film
portal-amend-by = Proposed amendment: { $name }, { $time }
portal-amend-help = The form begins with what the box’s physician has signed. Change what you see otherwise.
portal-amend-send-help = The signed report stays as it is. The proposal goes to the box, where a physician takes it over or declines it.
portal-amend-send = Propose this amendment
portal-amend-given = The proposal goes to the box at its next contact.
portal-amend-newer = The box has signed another version since. Nothing was sent: look at the new version, then propose again.
portal-amend-no-reason = Say why the report should be changed.
carry-ask = Save a file that asks for the portal’s orders
# What others than boxes send to the portal, and what leaves for DHIS2.
portal-foreign-title = Films from other systems
portal-foreign-intro = Sent by an imaging system that has a key of this portal. No box has read this film, and no opinion can be given on it here.
portal-foreign-conflict = Two contents came under one number. Both are kept and shown: ask who sent them.
portal-foreign-conflict-mark = Two contents
portal-foreign-alt = Picture of the film as the other system sent it; open it to see it in full size
portal-foreign-others = { $count } further objects of this study have no picture.
portal-sources-title = Other systems
portal-source-held = { $objects } DICOM objects and { $bundles } FHIR bundles are held
portal-source-closed = may not send any more
portal-source-conflicts = { $count } objects came under a number with two contents; all are kept
portal-dhis2-title = For DHIS2
portal-dhis2-since = Films of which something came in on this day or later; empty: all
portal-dhis2-save = Save the file
# The programme in figures, on the portal’s pages.
programme-title = Programme
programme-intro = What the boxes of this portal have sent, in figures. Nobody is named here.
programme-period = Weeks
programme-weeks = Last { $count } weeks
programme-site = Site
programme-all-sites = All sites
programme-show = Show
programme-look-title = Worth a look
programme-films = Films
programme-signed = With a signed report
programme-photos-refused = Photos refused
programme-unscored = Not scored for tuberculosis
programme-suspects = People with suspected tuberculosis
programme-tested = Tested for it
programme-undated = Without a confirmed date
programme-undated-help = Nothing confirmed the clock of the box. They are counted here, and in no week.
programme-answer = From alert to answer
programme-untimed = Answered at an unconfirmed time
programme-all = All these weeks
programme-no-time = no sure time
programme-hours = { $count } h
programme-of = { $part } of { $whole }
programme-people-note = A person counts once, in the week of the first film that raised the suspicion; films, tests and outcomes of the 90 days after belong to it. Of fewer than 5 no percentage is shown.
programme-voided = { $count ->
        [one] { $count } voided study is not counted.
       *[other] { $count } voided studies are not counted.
    }
programme-chart-films = Films of each week by score for tuberculosis
programme-chart-cascade = From suspicion to confirmation, by week
programme-numbers = The same in numbers
programme-week = Week
programme-by-site = By site
programme-csv = Table for a spreadsheet (CSV)
programme-table-below = The numbers stand below.
programme-band-age = too young, or age not known
programme-band-model = no call by the networks
programme-band-unsaid = the box did not say why
programme-band-no_reading = no photo could be read yet
programme-band-coming = the reading has not come yet
programme-look-quiet = no film for { $days } days
    .next = Call the clinic: is the box in use, is the light good, does anybody need help?
programme-look-never = no film since it was enrolled
    .next = Call the clinic: was the box set up, and does somebody know how to use it?
programme-look-refused = { $share } photos of the last 4 weeks were refused
    .next = Ask for one refused photo and go through the help page with the people there: light, distance, a steady hand.
programme-look-share = { $now } scores of the last 4 weeks lie above the threshold; usual here is { $usual }
    .next = Ask what has changed: other patients, another viewing box or phone, another network. Have a physician look at some of these films.
programme-look-undated = { $count ->
        [one] { $count } film has no confirmed date
       *[other] { $count } films have no confirmed date
    }
    .next = Have the clock of the box set, or its time server reached: times of alerts are missing too.
programme-more-sites = { $count } more sites are not shown: sort by another column, or take the table below.
programme-more-looks = { $count } more are not shown: choose one site.
portal-state-unwell = Something at the box needs a person
    .next = What it is stands below. The page “State of the box” there says what to do.
portal-box-models = Networks: { $models }
portal-box-passed-over = Chosen networks that could not be used: { $count }
portal-box-hot = The box is too hot
portal-box-certificate = A certificate from elsewhere for its pages over HTTPS: ends on { $time }

## The portal and the ways to people, as they are set on pages

connect-title = Portal of this box
connect-intro = A portal collects what many boxes have read, and says what it has received. A box reads films without one as well.
connect-known = The portal in use
connect-address = Address: { $url }
connect-key = Key of the portal: { $key }…
connect-enrolled = The portal has taken this box in.
connect-not-enrolled = The portal has not taken this box in yet. The box tries by itself whenever there is a link.
connect-carries = Without a link, records can be carried there as a file.
connect-carries-not = No file can be carried there: the line “recipient” is missing.
connect-metered-on = Films wait, because sending costs money.
connect-sms-line = Urgent results are announced by text message to { $number } when no link comes.
connect-fault = Now: { $reason }
connect-put-aside = This box has no portal. Records stay on it.
connect-form = Connect
connect-change = Change
connect-text = What the portal has printed for this box
connect-text-help = Paste the lines or the link that the portal’s administrator has sent. If the address in them says {"ADDRESS"}, write the address below.
connect-single = Or write it down one by one
connect-url = Address
connect-url-help = For example {"portal.example:8443"}
connect-portal-key = Key of the portal
connect-portal-key-help = 64 digits and letters. Compare them with the portal: the box speaks to nobody else.
connect-code = One-time code
connect-code-help = It works once, within a week. Leave it empty if only the address has changed.
connect-recipient = For files that are carried (may stay empty)
connect-recipient-help = The line “recipient”; it begins with {"age1"}.
connect-sms = Telephone number of the portal (may stay empty)
connect-sms-help = With country code. Urgent results are announced there by text message when no link comes.
connect-metered = Sending costs money: films wait, everything else goes
connect-other = With the key of another portal this box leaves the one above and sends everything that it holds to the new one. What the portal above has received stays there.
connect-other-agree = Yes, to another portal
connect-submit = Connect
connect-change-submit = Save and connect
connect-leave = Leave the portal
connect-leave-there = What the portal has received stays there. Ask its administrator to shut this box out.
connect-leave-here = Everything stays on this box. What was not sent, and what comes new, waits here until a portal is set again.
connect-leave-set = Settings that the portal has made here stay in force.
connect-leave-agree = I have read this: no portal from now on
connect-leave-submit = Leave the portal
connect-none = No portal
connect-none-what = Then readings, reports and films stay on this box alone. A portal can be set later; it gets everything then.
connect-none-submit = This box has no portal
chosen-fixed = This stands in the settings file of the box and can be changed only there.
chosen-damaged = Something that was saved on this page cannot be read any more. Please set it again.
ways-title = Ways for alerts
ways-intro = How alerts leave this box: by Telegram, by text message, or both. Tokens and passwords stay on the box and are never shown again.
ways-bot-none = No bot is set up.
ways-bot-named = The bot is @{ $name }.
ways-bot-unnamed = A bot is set up. It has not answered yet.
ways-token = Token of the bot
ways-token-help = Write {"/newbot"} to BotFather in Telegram. It answers with a token: digits, a colon, and some thirty letters and digits.
ways-bot-use = Use this bot
ways-bot-change = Use another token
ways-bot-forget = No Telegram any more
ways-sms-title = Text messages
ways-sms-none = No way is set up.
ways-sms-one = Choose one of these. A new one takes the place of the one before.
ways-now-modem-any = By the box’s own modem.
ways-now-modem = By the modem { $name }.
ways-now-phone = By the phone at { $host }, user { $user }.
ways-now-gateway = By the gateway at { $host }.
ways-now-spool = By gammu-smsd in { $folder }.
ways-modem = The box’s own modem
ways-modem-help = A modem with a SIM card in it. The PIN of the card has to be off.
ways-modem-which = Which modem (may stay empty)
ways-modem-which-help = Its IMEI, device or port, where there are several.
ways-modem-use = Use the modem
ways-phone = A phone with the app {"“SMS Gateway for Android”"}
ways-phone-help = Switch on {"“Local server”"} in the app. It shows address, user and password.
ways-phone-url = Address, with {"http://"} in front
ways-user = User
ways-password = Password
ways-signing-key = Signing key of the webhooks (may stay empty)
ways-signing-key-help = Only where the app calls the box by webhooks.
ways-phone-use = Use the phone
ways-gateway = Another gateway
ways-gateway-url = Address
ways-gateway-url-help = {"{to}"} and {"{text}"} stand for number and text, {"{secret}"} for the password.
ways-gateway-body = What is sent (may stay empty)
ways-gateway-body-help = With {"{to}"} and {"{text}"}. If it is empty, the address is only called.
ways-gateway-user = User (may stay empty)
ways-gateway-secret = Password or token (may stay empty)
ways-gateway-use = Use the gateway
ways-sms-forget = No text messages any more
ways-try-title = Does it work?
ways-then = Then each person who is to be told writes an own number or pairs a chat, and tries it.
restart-title = The box starts again
restart-saved = Saved.
restart-what = The box starts again with the new settings. This takes up to a minute; this page goes on by itself.
restart-queue = Nothing is lost: a film that is being read is read to its end, the others wait, and messages go out afterwards.
restart-go = Go on
first-portal = The portal, or none
    .how = Connect the box to the portal of your district, or say that there is none.
    .aside = This box has no portal.
    .unreached = It is set up. The portal has not taken the box in yet.
    .enrolled = The portal has taken the box in.
fault-FR-809 = This is set in the settings file of the box.
    .next = Change it there. If it is taken out there, it can be set on this page.
field-portal_url = An address that begins with {"https://"}, for example {"https://portal.example:8443"}.
field-portal_key = 64 digits and letters, as the portal shows them.
field-portal_code = The code that the portal has printed, such as {"ABCDE-FGHJK"}.
field-portal_recipient = The whole line that begins with {"age1"}, or nothing.
field-portal_sms = A number with country code, such as {"+911140000000"}, or nothing.
field-bot_token = This is no token of a bot. Copy it again from BotFather.
field-modem = One line, or nothing.
field-phone_url = The address as the app shows it, such as {"http://192.168.43.1:8080"}.
field-phone_user = The user that the app shows.
field-phone_password = The password that the app shows.
field-phone_signing_key = One line, or nothing.
field-gateway_url = An address that begins with {"http://"} or {"https://"}. {"{to}"} has to stand in it or in what is sent.
field-gateway_body = At most 2000 characters.
field-gateway_user = One line, or nothing.
field-gateway_secret = One line, or nothing.
