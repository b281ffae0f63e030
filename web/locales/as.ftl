# Assamese texts of Fieldray. Not yet checked by a clinician whose language this is.

## Frame of every page

app-name = Fieldray
skip-to-content = পোনে পোনে মূল অংশলৈ যাওক
nav-worklist = কামৰ তালিকা
nav-operators = ব্যৱহাৰকাৰী
nav-help = সহায়
nav-review = স্বাক্ষৰ কৰিবলগীয়া ৰিপৰ্ট
nav-about = তথ্য
language = ভাষা
log-out = লগ আউট কৰক
logged-in-as = লগ ইন: { $name }
footer-not = সিদ্ধান্ত লোৱা ব্যক্তিক সহায় কৰে। স্ক’ৰ ৰোগীৰ বিষয়ে লোৱা সিদ্ধান্ত নহয়।
fault-code = ক’ড { $code }
fault-next-title = এতিয়া কি কৰিব
fault-back = কামৰ তালিকালৈ উভতি যাওক
fault-title = এই কামটো নহ’ল
form-fault-title = অনুগ্ৰহ কৰি ফৰ্মখন চাওক
time-local = { $day } { $month } { $year }, { $time }
time-unsynced = ঘড়ীৰ সময় নিশ্চিত নহয়
month-1 = জানুৱাৰী
month-2 = ফেব্ৰুৱাৰী
month-3 = মাৰ্চ
month-4 = এপ্ৰিল
month-5 = মে’
month-6 = জুন
month-7 = জুলাই
month-8 = আগষ্ট
month-9 = ছেপ্টেম্বৰ
month-10 = অক্টোবৰ
month-11 = নৱেম্বৰ
month-12 = ডিচেম্বৰ

## First start and login

setup-title = এই বক্সটো সাজু কৰক
setup-intro = আপুনি এতিয়া প্ৰথম একাউণ্ট খুলিব। তাৰ পৰা পিছত আন ব্যৱহাৰকাৰী যোগ কৰিব পাৰি।
setup-code = প্ৰথম লগ ইনৰ ক’ড
setup-code-help = আঠটা সংখ্যা, বক্সৰ লগত অহা কাগজখনত। হাতেৰে বহুওৱা বক্সে সেইবোৰ নিজৰ কনচ’লত ছপায়।
operator-name = আপোনাৰ নাম
pin = পিন
pin-help = 4ৰ পৰা 12টা অংকৰ পিন, বা কমেও 8টা আখৰৰ পাছৱৰ্ড। কাকো নক’ব।
pin-again = একেটাকে আকৌ এবাৰ
setup-submit = সাজু কৰক আৰু লগ ইন কৰক
login-title = লগ ইন
login-who = আপুনি কোন?
login-submit = লগ ইন কৰক
login-wait = বহুবাৰ ভুল দিয়া হৈছে: { $seconds ->
        [one] { $seconds } ছেকেণ্ড
       *[other] { $seconds } ছেকেণ্ড
    } ৰওক, তাৰ পিছত আকৌ চেষ্টা কৰক।

## One's own account, and the phone that locks

passcode = পিন বা পাছৱৰ্ড
passcode-new = নতুন পিন বা পাছৱৰ্ড
login-letters = মোৰ পাছৱৰ্ডত আখৰ আছে
nav-switch = ব্যক্তি সলনি কৰক
lock-title = লক হৈ আছে
lock-who = { $name }: এই ফোনটো কিছু সময় ব্যৱহাৰ হোৱা নাই। আগবাঢ়িবলৈ আপোনাৰ পিন বা পাছৱৰ্ড লিখক।
lock-kept = আপুনি লিখাখিনি ৰখা আছে আৰু আপুনি লক খোলাৰ লগে লগে পঠিওৱা হয়।
lock-submit = লক খোলক
passcode-title = আপোনাৰ পিন বা পাছৱৰ্ড বাছক
passcode-given = আপুনি ব্যৱহাৰ কৰা পিনটো আন কোনোবাই বনাইছিল। কেৱল আপুনি জনা এটা বাছক: সেয়া আপোনাৰ নামৰ সলনি ধৰা হয়।
passcode-intro = ইয়াক আপোনাৰ নামৰ সলনি ধৰা হয়। ইয়াক সলনি কৰিলে আপোনাৰ আনবোৰ ফোন লগ আউট হয়।
passcode-old = এতিয়ালৈ থকা পিন বা পাছৱৰ্ড
passcode-submit = সংৰক্ষণ কৰক
account-title = মোৰ একাউণ্ট
account-passcode = পিন বা পাছৱৰ্ড সলনি কৰক
account-passcode-chosen = আপোনাৰ নতুন পিন বা পাছৱৰ্ড এতিয়া বলবৎ।
sessions-title = ক’ত ক’ত লগ ইন আছে
sessions-help = যিবোৰ আপুনি চিনি নাপায় বা এতিয়া ব্যৱহাৰ নকৰে, সেইবোৰ বন্ধ কৰক।
sessions-none = এই মুহূৰ্তত ক’তো নাই।
session-device = অচিনাকি ডিভাইচ
session-here = এই ফোনটো
session-times = লগ ইন { $opened }, শেষ ব্যৱহাৰ { $seen }
session-end = তাত লগ আউট কৰক
session-ended = সেই ফোনটো লগ আউট হ’ল।
operator-title = একাউণ্ট
operator-active = এই ব্যক্তিজনে লগ ইন কৰিব পাৰে।
operator-given = এই ব্যক্তিজনে পিছৰবাৰ লগ ইন কৰোঁতে এটা পিন বা পাছৱৰ্ড বাছিব লাগিব।
operator-closed = বন্ধ: এই ব্যক্তিজনে লগ ইন কৰিব নোৱাৰে।
operator-own = এয়া আপোনাৰ নিজৰ একাউণ্ট।
operator-role-submit = ভূমিকা সংৰক্ষণ কৰক
operator-rename-submit = নাম সংৰক্ষণ কৰক
operator-reset = পিন বা পাছৱৰ্ড পাহৰিছে
operator-reset-help = এবাৰ লগ ইন কৰিবলৈ এটা পিন দিয়ক। ব্যক্তিজনে তাৰে নতুন এটা বাছে, আৰু তেতিয়ালৈকে সকলোতে লগ আউট হৈ থাকে।
operator-reset-submit = এই পিনটো দিয়ক
operator-close-help = বন্ধ কৰিলে ব্যক্তিজন তৎক্ষণাৎ সকলোতে লগ আউট হয়। ব্যক্তিজনে কৰা সকলো কাম একেটা নামতে থাকে।
operator-close = একাউণ্টটো বন্ধ কৰক
operator-reopen-help = ব্যক্তিজনে আগৰ পিন বা পাছৱৰ্ডেৰেই আকৌ লগ ইন কৰিব পাৰে।
operator-reopen = একাউণ্টটো আকৌ খোলক

## After the film

followup-title = পৰৱৰ্তী খবৰ
followup-study-title = টেষ্ট আৰু পৰিণাম
followup-intro = যিসকলৰ ফিল্মৰ পৰা কিবা সন্দেহ হয়, কোনো টেষ্ট বা পৰিণামে তাক নিষ্পত্তি নকৰালৈকে।
followup-none = একো বাকী নাই।
followup-overdue = বহুত দিন ধৰি অপেক্ষাত
followup-waiting = অপেক্ষাত
followup-late = পলম হৈছে
followup-more = মুঠতে { $count } জন বাকী আছে; আটাইতকৈ বেছি দিন অপেক্ষাত থকাসকলক দেখুওৱা হৈছে।
followup-open = বাকী
followup-settled = এই ৰোগীৰ বাবে একো বাকী নাই।
followup-films = { $count ->
        [one] পৰীক্ষা { $numbers }
       *[other] পৰীক্ষাবোৰ { $numbers }
    }
followup-once = ইয়াত যি লিখা হয় সেয়া এই ৰোগীৰ একেটা প্ৰশ্ন বাকী থকা সকলো ফিল্মৰ বাবে খাটে।
followup-by-box = বক্সটোৰ মতে, চিকিৎসকে নিশ্চিত কৰা নাই
followup-by-physician = চিকিৎসকৰ মতে
followup-by-order = টেষ্টৰ নিৰ্দেশ দিয়া হৈছিল
followup-loop = সন্দেহ: { $suspicion }, { $who }, { $days ->
        [one] { $days } দিন ধৰি
       *[other] { $days } দিন ধৰি
    }
followup-entry = { $name }, { $time }
followup-order = টেষ্টৰ নিৰ্দেশ দিয়ক
followup-order-help = এবাৰ টিপিলেই টেষ্টৰ নিৰ্দেশ দিয়া হ’ল বুলি লিখা হয়। সন্দেহৰ সৈতে খাপ খোৱা টেষ্টবোৰ আগতে আছে।
followup-ordered = নিৰ্দেশ দিয়া হৈছে:
followup-result = ফলাফল
followup-correct = ফলাফল শুধৰাওক
suspicion-tuberculosis = যক্ষ্মা (টিবি)
suspicion-covid19 = COVID-19
suspicion-nodule = নডিউল বা মেছ (টেমুনা)
waits-order-tuberculosis = যক্ষ্মাৰ (টিবি) কোনো টেষ্টৰ নিৰ্দেশ দিয়া হোৱা নাই
waits-order-covid19 = COVID-19ৰ কোনো টেষ্টৰ নিৰ্দেশ দিয়া হোৱা নাই
waits-order-nodule = CTৰ নিৰ্দেশ দিয়া হোৱা নাই
waits-result = { $test }: এতিয়ালৈ ফলাফল নাই
waits-repeat = { $test }: আকৌ কৰিব লাগে
waits-better = { $test } নিগেটিভ আছিল, কিন্তু তাৰ পৰা ৰোগটো নাই বুলি ক’ব নোৱাৰি: { $better } কৰিবলৈ নিৰ্দেশ দিয়ক
test-xpert = Xpert বা ট্ৰুনাট
test-smear = কফৰ স্মিয়েৰ
test-rt_pcr = RT-PCR
test-rapid_antigen = ৰেপিড এণ্টিজেন টেষ্ট
test-ct = বুকুৰ CT
result-positive = পজিটিভ
result-positive_resistant = পজিটিভ, ৰিফামপিচিন-প্ৰতিৰোধী
result-negative = নিগেটিভ
result-inconclusive = স্পষ্ট নহয়, আকৌ কৰিব লাগে
result-not_done = কৰা হোৱা নাই
result-ct-positive = সন্দেহ নিশ্চিত হ’ল
result-ct-negative = সন্দেহজনক একো নাই
outcome-title = শেষত কি হ’ল
outcome-none = এতিয়ালৈ লিখা হোৱা নাই।
outcome-record = শেষত কি হ’ল লিখক
outcome-tb_confirmed = যক্ষ্মা (টিবি), টেষ্টেৰে নিশ্চিত
outcome-tb_clinical = যক্ষ্মা (টিবি), টেষ্টৰ ফলাফল নোহোৱাকৈ চিকিৎসা কৰা হৈছে
outcome-covid19 = COVID-19
outcome-other_disease = আন এটা ৰোগ
outcome-no_disease = বুকুৰ কোনো ৰোগ নাই
outcome-referred = আন হাস্পতাললৈ পঠিওৱা হ’ল
outcome-lost = ৰোগীৰ সৈতে যোগাযোগ কৰিব পৰা নগ’ল
outcome-died = ৰোগীৰ মৃত্যু হ’ল

## Alerts

alerts-title = এলাৰ্ট
alerts-none = কোনো এলাৰ্ট বাকী নাই।
alerts-more = মুঠতে { $count }টা এলাৰ্ট বাকী আছে; আটাইতকৈ জৰুৰীবোৰ দেখুওৱা হৈছে।
alerts-recent = দায়িত্ব লোৱা হৈছে
alert-title = এলাৰ্ট
alert-number = এলাৰ্ট { $number }
alert-raised = পৰীক্ষা { $study }, পোৱা গৈছে { $time }
alert-red = কোনেও উত্তৰ দিয়া নাই
alert-siren = এটা গুৰুতৰ এলাৰ্টৰ কোনেও উত্তৰ দিয়া নাই। কোনোবাই এতিয়াই চাব লাগিব।
alert-open-study = ফিল্মখন খোলক
alert-taken-by = দায়িত্ব লৈছে { $name }, { $time }, { $method }
alert-timeline = কি কি হ’ল
alert-messages = বাৰ্তা
alert-messages-none = কোনো বাৰ্তা পঠিওৱা হোৱা নাই: যোগাযোগ কৰিব পৰা কোনো ব্যক্তি নাই।
alert-class-critical = গুৰুতৰ, এতিয়াই চাওক
alert-class-suspect = আজি চাওক
alert-class-digest = দৈনিক সাৰাংশত
alert-repeat = পুনৰ পঠিওৱা: এই বাৰ্তাটো আগতেও আহি পাইছিল হ’ব পাৰে।
alert-headline = এলাৰ্ট { $number } { $site }
alert-study = পৰীক্ষা { $study }
alert-decides = বক্সটোৱে এখন ফিল্মলৈ আঙুলিয়াই দিয়ে। সিদ্ধান্ত মানুহে লয়।
alert-sms = { $repeat ->
        [0] এলাৰ্ট { $number } { $site } পৰীক্ষা { $study }: { $class }। OK { $number } লিখক
       *[other] পুনৰ: এলাৰ্ট { $number } { $site } পৰীক্ষা { $study }: { $class }। OK { $number } লিখক
    }
alert-taken-over = এলাৰ্ট { $number }: দায়িত্ব লৈছে { $name }, { $time }
alert-test = { $site }ৰ পৰা পৰীক্ষামূলক বাৰ্তা। একো কৰিব নালাগে।
alert-digest = { $site }: { $count ->
        [one] { $count }টা এলাৰ্ট বাকী আছে
       *[other] { $count }টা এলাৰ্ট বাকী আছে
    }
alert-button-ack = মই দায়িত্ব লওঁ
alert-button-pass = মোৰ নহয়
alert-button-open = খোলক
alert-ack-yours = এলাৰ্ট { $number } এতিয়া আপোনাৰ।
alert-ack-others = এলাৰ্ট { $number }ৰ দায়িত্ব { $name }-এ আগতেই লৈছে।
alert-passed-on = টুকি থোৱা হ’ল। পিছৰ ব্যক্তিজনক জনোৱা হয়।
alert-not-understood = OK আৰু এলাৰ্টৰ নম্বৰটো লিখক।
alert-event-raised = পোৱা গ’ল
alert-event-queued = জনাবলগীয়া
alert-event-sent = বাৰ্তা বক্সৰ পৰা গ’ল
alert-event-delivered = বাৰ্তা ফোনত আছে
alert-event-failed = বাৰ্তা নগ’ল
alert-event-passed_on = আনলৈ আগবঢ়োৱা হ’ল
alert-event-acknowledged = দায়িত্ব লোৱা হ’ল
alert-event-resent = আকৌ পঠিয়াবলগীয়া
alert-csv = কি কি হ’ল, তালিকা হিচাপে (CSV)
alert-json = কি কি হ’ল, প্ৰগ্ৰামৰ বাবে (JSON)
undelivered-title = যিবোৰ বাৰ্তা নাপালেগৈ
undelivered-help = এই এলাৰ্টবোৰৰ কথা হয়তো কোনেও নাজানে। মানুহজনক নিজে জনাওক, বাৰ্তাটোত লিখা কামটো কৰক, আৰু তাৰপিছত আকৌ পঠিয়াওক।
undelivered-none = বাকী থকা এলাৰ্টৰ সকলো বাৰ্তা গৈছে বা এতিয়াও চেষ্টা চলি আছে।
undelivered-before = আৰু একো কৰিব নালাগে: এলাৰ্টটোৰ দায়িত্ব লোৱা হৈছে
undelivered-given-up = চেষ্টা এৰি দিয়া হ’ল
undelivered-tried = চেষ্টা চলি আছে
undelivered-resend = আকৌ পঠিয়াওক
undelivered-again = বাৰ্তাটো আকৌ পঠিয়াবলৈ চেষ্টা কৰা হৈছে।
undelivered-not-needed = এই বাৰ্তাটোৰ আৰু প্ৰয়োজন নাই।
undelivered-other = পৰীক্ষামূলক বা দৈনিক সাৰাংশ
undelivered-count = বাকী থকা এলাৰ্টৰ { $count }টা বাৰ্তা নাপালেগৈ। কি কৰিব লাগে চাওক।
month-title = মাহৰ এলাৰ্ট
month-of = { $month } মাহৰ এলাৰ্ট
month-help = ফটোৰ পৰা কোনো মানুহৰ উত্তৰলৈ কিমান সময় লাগিল, বক্সৰ ঘড়ী অনুসৰি।
month-before = আগৰ মাহ
month-next = পিছৰ মাহ
month-none = এই মাহত কোনো এলাৰ্ট নাই।
month-csv = সকলো এলাৰ্ট তালিকা হিচাপে (CSV)
month-pdf = ছপাবলৈ পৃষ্ঠা (PDF)
month-made = তৈয়াৰ: { $time }
month-alerts = এলাৰ্ট
month-answered = মানুহে উত্তৰ দিছে
month-unanswered = এতিয়ালৈ উত্তৰ নাই
month-median = আধা উত্তৰ ইমান সময়ত
month-p90 = দহটাৰ নটা উত্তৰ ইমান সময়ত
month-within = { $minutes } মিনিটৰ ভিতৰত, যেনেকৈ লাগে
month-within-hours = { $hours } ঘণ্টাৰ ভিতৰত, যেনেকৈ লাগে
month-within-value = { $of }টাৰ { $count }টা
month-minutes = { $count } মিনিট
month-escalated = আনকো জনাবলগীয়া হ’ল
month-undelivered = যিবোৰ বাৰ্তা নাপালেগৈ
month-untimed = সময় নাই, কাৰণ মাজত ঘড়ী সলোৱা হৈছিল
month-by = { $name }-এ উত্তৰ দিছে
ack-page = বক্সত
ack-telegram = টেলিগ্ৰামেৰে
ack-sms = এছএমএছেৰে
ack-report = ৰিপৰ্টত স্বাক্ষৰ কৰি
channel-telegram = টেলিগ্ৰাম
channel-sms = এছএমএছ
channel-unused = ছেট কৰা হোৱা নাই
channel-ready = ছেট কৰা আছে, এতিয়ালৈ একো পঠিওৱা হোৱা নাই
channel-last-sent = শেষ বাৰ্তা { $time }
channel-waiting = { $count ->
        [one] { $count }টা বাৰ্তা অপেক্ষাত
       *[other] { $count }টা বাৰ্তা অপেক্ষাত
    }
channel-set-up-fault = ব্যৱহাৰ কৰিব নোৱাৰি: { $reason }
channel-fault-secret = { $subject } ফাইলটো পঢ়িব নোৱাৰি
channel-fault-address = { $subject } কোনো সেৱাৰ ঠিকনা নহয়
channel-fault-client = সংযোগ সাজু কৰিব পৰা নগ’ল ({ $subject })
channel-fault-spool = { $subject } ফোল্ডাৰটো চলি থকা gammu-smsd-ৰ নহয়
channel-set-up-next = ছেটিঙৰ ফাইলটো শুধৰাওক আৰু বক্সটো আকৌ চলাওক।
way-title = মানুহক জনোৱাৰ উপায়
way-try = এতিয়াই সকলো উপায় পৰীক্ষা কৰক
way-works = কাম কৰে
way-works-bot = কাম কৰে, বটটো @{ $name }
way-untried = পৰীক্ষা কৰিব পৰা নগ’ল, { $reason }
way-receiver = { $name }লৈ { $way }: { $reason }
way-token = { $file }ত থকাটো বটৰ টোকেন নহয়
    .next = BotFatherৰ পৰা টোকেনটো আকৌ কপি কৰক: সংখ্যা, এটা কলন, আৰু প্ৰায় ত্ৰিশটা আখৰ আৰু সংখ্যা।
way-asleep = gammu-smsd এ { $folder }ৰ পৰা বাৰ্তা লোৱা নাই
    .next = gammu-smsd চলাওক, আৰু ইয়াৰ ছেটিং আৰু ম’ডেম চাওক।
message-queued = অপেক্ষাত
message-sending = পঠিওৱা হৈ আছে
message-sent = বক্সৰ পৰা গ’ল
message-delivered = ফোনত আছে
message-dead = চেষ্টা এৰি দিয়া হ’ল
message-dropped = আৰু প্ৰয়োজন নাই
message-tries = { $count ->
        [one] { $count }বাৰ চেষ্টা
       *[other] { $count }বাৰ চেষ্টা
    }
send-unreachable = সেৱাটোৰ সৈতে সংযোগ নাই
    .next = ইণ্টাৰনেট সংযোগ বা মডেমটো চাওক। সংযোগ ঠিক হ’লেই বাৰ্তাবোৰ নিজে নিজে যায়।
send-busy = সেৱাটোৱে ৰ’বলৈ কৈছে
    .next = একো কৰিব নালাগে: বাৰ্তাবোৰ নিজে নিজে যায়।
send-garbled = সেৱাটোৱে দিয়া উত্তৰৰ কোনো অৰ্থ নোলায়
    .next = ছেটিঙত সেৱাটোৰ ঠিকনা চাওক।
send-unauthorised = সেৱাটোৱে চাবিটো (কী) গ্ৰহণ নকৰে
    .next = সঠিক ট’কেন বা পাছৱৰ্ড তাৰ ফাইলত দিয়ক আৰু বক্সটো আকৌ চলাওক।
send-no_such_receiver = বাৰ্তা পাবলগীয়াজন নাই বা তেওঁ প্ৰেৰকক ব্লক কৰিছে
    .next = ব্যক্তিজনক আকৌ সংযোগ কৰিবলৈ বা নম্বৰটো শুধৰাবলৈ কওক।
send-refused = সেৱাটোৱে এই বাৰ্তাটো নলয়
    .next = সেৱা দিয়া প্ৰতিষ্ঠানক সোধক।
send-not_set_up = এই উপায়টো ছেট কৰা হোৱা নাই
    .next = ছেটিঙৰ ফাইলত ছেট কৰক।
send-tls = সেৱাটোৰ প্ৰমাণপত্ৰ ঠিক নহয়, বা ই TLS নাজানে
    .next = ঠিকনাৰ আৰম্ভণিতে http নে https ঠিক আছে, বক্সৰ তাৰিখ আৰু সেৱাটোৰ প্ৰমাণপত্ৰ চাওক।
send-certificate_date = বক্সৰ তাৰিখত সেৱাটোৰ প্ৰমাণপত্ৰৰ ম্যাদ নাই
    .next = বক্সৰ ঘড়ী ঠিক কৰক। তাৰিখ ঠিক থাকিলে সেৱাটো চলোৱাজনক জনাওক।
send-server_error = সেৱাটোৱে কৈছে যে আসোঁৱাহ ইয়াৰ নিজৰ
    .next = এতিয়া একো কৰিব নালাগে: বাৰ্তাবোৰ আকৌ পঠিওৱা হয়। আসোঁৱাহ থাকিলে সেৱা চলোৱা প্ৰতিষ্ঠানক সোধক।
send-no_bus = ModemManager-এ উত্তৰ নিদিয়ে
    .next = বক্সত D-Bus আৰু ModemManager চলি আছে নে আৰু বক্সে সেইবোৰ ব্যৱহাৰ কৰিব পাৰে নে চাওক।
send-no_modem = পঠিয়াব পৰা কোনো মডেম নাই
    .next = মডেমটো লগাওক, আৰু ছেটিঙত মডেমৰ নাম চাওক।
send-modem_hung = মডেমে উত্তৰ নিদিয়ে; বক্সে তাক আকৌ চলাইছে
    .next = এনেকৈয়ে থাকিলে মডেমটো খুলি আকৌ লগাওক।
send-no_network = মডেমটো কোনো নেটৱৰ্কত নাই
    .next = এণ্টেনা, বক্স থকা ঠাই আৰু চিম কাৰ্ড চলি আছে নে নাই চাওক।
send-sim = চিম কাৰ্ড নাই বা লক হৈ আছে
    .next = চিম কাৰ্ড লগাওক, আৰু ফোনত ইয়াৰ পিন বন্ধ কৰক।
send-not_sent = মডেমে বাৰ্তাটো পঠাব নোৱাৰিলে
    .next = নম্বৰ, চিমৰ বেলেঞ্চ আৰু নেটৱৰ্ক চাওক। বক্সে আকৌ চেষ্টা কৰে।
send-undelivered = নেটৱৰ্কে বাৰ্তাটো দি উঠিব নোৱাৰিলে
    .next = নম্বৰটো চাওক। ফোন বন্ধ বা ঢুকি নোপোৱা ঠাইত থাকিব পাৰে: পিছৰজনক জনোৱা হয়।
pair-done = এই চেটটো এতিয়া আপোনাৰ। এলাৰ্ট ইয়ালৈ আহে।
pair-failed = ক’ডটো ব্যৱহাৰ কৰিব পৰা নগ’ল। বক্সৰ পৰা নতুন এটা লওক।
groups-title = টেলিগ্ৰাম গোট
groups-intro = এলাৰ্ট এই গোটবোৰলৈও যায় আৰু কোন ডিউটিত আছে তাক জনায়। যিয়ে নিজৰ চেট সংযোগ কৰিছে, কেৱল তেওঁহে তাত এলাৰ্টৰ দায়িত্ব ল’ব পাৰে।
groups-none = কোনো গোট সংযোগ কৰা নাই।
groups-in = এলাৰ্ট ইয়ালৈ আহে।
groups-out = বটটো এই গোটৰ পৰা আঁতৰোৱা হৈছে: এলাৰ্ট ইয়ালৈ নাহে।
groups-out-next = বটটো আকৌ গোটত যোগ কৰক।
groups-paired = { $name }-এ সংযোগ কৰিছে, { $time }
groups-make = ক’ড সাজক
groups-code = বটটো গোটত যোগ কৰক আৰু 15 মিনিটৰ ভিতৰত তাত এইটো লিখক:
groups-add = বটটো গোটত যোগ কৰক
groups-forget = আঁতৰাওক
groups-forgotten = আঁতৰোৱা হ’ল।
group-pair-done = এই গোট সংযোগ হ’ল। এলাৰ্ট ইয়ালৈও আহিব।
group-stranger = যিয়ে বক্সৰ সৈতে নিজৰ চেট সংযোগ কৰিছে, কেৱল তেওঁহে ইয়াত উত্তৰ দিব পাৰে।
alert-responder = ডিউটিত: { $name }
system-group = টেলিগ্ৰাম গোট { $title }
siren-title = ছাইৰেনৰ স্ক্ৰীণ
siren-help = ক্লিনিকৰ এখন স্ক্ৰীণত এই পৃষ্ঠাটো খোলা ৰাখক। গুৰুতৰ এলাৰ্টৰ কোনেও উত্তৰ নিদিলে ই বাজে।
siren-sound = শব্দ অন কৰক
siren-quiet = বহুত সময় ধৰি একো অপেক্ষাত নাই।
rules-title = এলাৰ্টৰ নিয়ম
rules-intro = কিহৰ বাবে এলাৰ্ট হয়, আৰু মানুহক কেনেকৈ জনোৱা হয়। দ্বিতীয় এজন ব্যক্তিয়ে নিশ্চিত কৰাৰ পিছতহে সলনি বলবৎ হয়।
rules-waits = দ্বিতীয় এজন ব্যক্তিৰ অপেক্ষাত
rules-by = প্ৰস্তাৱ দিছে { $name }, { $time }
rules-own = আন কোনোবাই এইটো নিশ্চিত কৰিব লাগিব।
rules-history = আগৰ সংস্কৰণ
rules-version = সংস্কৰণ { $version }: { $proposed }। { $decided }
rules-was-confirmed = নিশ্চিত কৰিছে { $name }
rules-was-rejected = নাকচ কৰিছে { $name }
rules-confirm = নিশ্চিত কৰক
rules-reject = নাকচ কৰক
rules-propose = সলনিৰ প্ৰস্তাৱ দিয়ক
rules-none = এলাৰ্ট নাই
rules-from = কেৱল এই স্ক’ৰৰ পৰা (খালী: নেটৱৰ্কৰ নিজৰ সীমা)
rules-rule-from = { $rule }, স্ক’ৰ { $from }ৰ পৰা
rules-step = কিমান মিনিটৰ পিছত পিছৰ ব্যক্তিজনক জনোৱা হয়
rules-quiet-from = নীৰৱ সময়ৰ আৰম্ভণি (গুৰুতৰ এলাৰ্ট তেতিয়াও আহে)
rules-quiet-until = নীৰৱ সময়ৰ শেষ
rules-budget = এজন ব্যক্তিলৈ দিনে কিমানটা গুৰুতৰ নোহোৱা এলাৰ্ট
rules-digest = দৈনিক সাৰাংশৰ সময়
rules-detail = বাৰ্তাত ফাইণ্ডিংটোৰ নাম থাকে। চেট আৰু এছএমএছ আনেও পঢ়িব পাৰে।
rules-picture = টেলিগ্ৰাম বাৰ্তাত ফিল্মখনৰ সৰু ছবি থাকে। ফিল্মত লিখা নাম আনেও পঢ়িব পাৰে।
rules-roles = কাক জনোৱা হ’ব
rules-submit = প্ৰস্তাৱ দিয়ক
rules-proposed = প্ৰস্তাৱ দিয়া হ’ল। আন কোনোবাই এইটো নিশ্চিত কৰিব লাগিব।
rules-confirmed = নতুন নিয়মবোৰ এতিয়া বলবৎ।
rules-rejected = প্ৰস্তাৱটো নাকচ কৰা হ’ল।
rules-step-is = { $minutes } মিনিটৰ পিছত পিছৰ ব্যক্তিজন
rules-quiet-is = { $from }ৰ পৰা { $until }লৈ নীৰৱ
rules-budget-is = এজন ব্যক্তিলৈ দিনে সৰ্বাধিক { $count }টা গুৰুতৰ নোহোৱা এলাৰ্ট
rules-detail-minimal = বাৰ্তাত ফাইণ্ডিঙৰ নাম নাথাকে
rules-detail-finding = বাৰ্তাত ফাইণ্ডিঙৰ নাম থাকে
rules-picture-yes = টেলিগ্ৰাম বাৰ্তাত ফিল্মখনৰ সৰু ছবি থাকে
rules-picture-no = বাৰ্তাত ছবি নাথাকে
rules-roles-are = জনোৱা হয়: { $roles }
rules-hints = এই বক্সটোৱে যিবোৰ ফাইণ্ডিং মূল্যায়ন কৰে, কেৱল সেইবোৰতহে এলাৰ্ট হয়। যি কেৱল ইংগিত, তাত কেতিয়াও নহয়।
rules-idle = বলবৎ আছে, কিন্তু কাম নকৰে, কাৰণ এতিয়াৰ নেটৱৰ্কটোৱে এই ফাইণ্ডিং মূল্যায়ন নকৰে:
forecast-title = এই নিয়মবোৰে ইয়াত কি বুজায়
forecast-proposal = আপোনাৰ সলনিয়ে ইয়াত কি বুজাব
forecast-help = সৰু সংখ্যাটো প্ৰথমজনে সদায় উত্তৰ দিলে, ডাঙৰটো কোনেও নিদিলে। গুৰুতৰ এলাৰ্ট সদায় আহে, সীমা যিয়েই নহওক।
forecast-see = কি হ’ব চাওক
forecast-none = যোৱা 28 দিনত কোনো ফিল্ম পঢ়া হোৱা নাই: এতিয়াই একো ক’ব নোৱাৰি।
forecast-films = যোৱা { $days } দিনৰ { $films }খন ফিল্ম, এই নিয়মেৰে:
forecast-class = { $class }: দিনে { $mean }টা এলাৰ্ট, আটাইতকৈ ব্যস্ত দিনত { $most }টা
forecast-person = { $name }: দিনে { $low }ৰ পৰা { $high }টা এলাৰ্ট, এদিনত সৰ্বাধিক { $most }টা
forecast-digest = কেৱল দৈনিক সাৰাংশত, কাৰণ সকলোৰে সীমা পূৰ হৈছিল: { $count }
contact-title = মোৰ সৈতে কেনেকৈ যোগাযোগ কৰা হয়
contact-of = { $name }-ৰ সৈতে কেনেকৈ যোগাযোগ কৰা হয়
contact-phone = ম’বাইল নম্বৰ
contact-phone-help = দেশৰ ক’ডৰ সৈতে, যেনে +91 98765 43210। এছএমএছ নালাগিলে খালী ৰাখক।
contact-order = ক্ৰমত স্থান: আটাইতকৈ সৰু সংখ্যাৰ জনক আগতে জনোৱা হয়
contact-duty = ডিউটিৰ সময়
contact-duty-help = ছুটীৰ দিনটো খালী ৰাখক। সদায় ডিউটিত থাকিলে সকলো দিন খালী ৰাখক। ৰাতি যিদিনা আৰম্ভ হয়, সেই দিনৰে হয়।
day-monday = সোমবাৰ
day-tuesday = মঙ্গলবাৰ
day-wednesday = বুধবাৰ
day-thursday = বৃহস্পতিবাৰ
day-friday = শুক্ৰবাৰ
day-saturday = শনিবাৰ
day-sunday = দেওবাৰ
contact-duty-from = আৰম্ভণি
contact-duty-until = শেষ
contact-all = গুৰুতৰ নোহোৱাবোৰো মোক জনাওক
contact-submit = সংৰক্ষণ কৰক
contact-saved = সংৰক্ষণ কৰা হ’ল।
contact-no-telegram = এই বক্সটোৱে টেলিগ্ৰাম ব্যৱহাৰ নকৰে।
contact-paired = আপোনাৰ সৈতে এটা চেট সংযোগ কৰা আছে।
contact-unpaired = আপোনাৰ সৈতে কোনো চেট সংযোগ কৰা নাই।
contact-code = এই ক’ডটো 15 মিনিটৰ ভিতৰত বটটোলৈ পঠিয়াওক:
contact-open-bot = বটটো খোলক
contact-pair = চেট সংযোগ কৰক
contact-test-help = প্ৰতিটো উপায়েৰে নিজলৈ এটা পৰীক্ষামূলক বাৰ্তা পঠিয়াওক।
contact-test = পৰীক্ষামূলক বাৰ্তা পঠিয়াওক
contact-tested = এটা পৰীক্ষামূলক বাৰ্তা গৈ আছে।
people-title = কাক জনোৱা হয়
people-help = যিসকলক জনাব পাৰি, যি ক্ৰমত জনোৱা হয়; ডিউটিত থকাসকল আগত আহে। মাজে মাজে প্ৰতিজনলৈ পৰীক্ষামূলক বাৰ্তা পঠিয়াওক।
people-none = কেনেকৈ যোগাযোগ কৰিব পাৰি, এতিয়ালৈ কোনেও জনোৱা নাই।
people-gaps = কোনো ডিউটিত নাই
people-gaps-help = তেতিয়াও এলাৰ্ট আহে, তালিকাৰ ক্ৰমত।
people-span = { $from }ৰ পৰা { $until }লৈ
people-always = সদায় ডিউটিত
people-on-duty = এতিয়া ডিউটিত
people-off-duty = এতিয়া ডিউটিত নাই
people-place = স্থান { $place }
people-all = সকলো এলাৰ্ট
people-critical = কেৱল গুৰুতৰ এলাৰ্ট
people-untold = নিয়ম অনুসৰি এই ভূমিকাৰ কাকো জনোৱা নহয়।
people-no-way = যোগাযোগৰ কোনো উপায় নাই
people-untested = কেতিয়াও পৰীক্ষা কৰা হোৱা নাই
people-test-was = পৰীক্ষা { $time }: { $state }
people-test = { $name }-লৈ পৰীক্ষামূলক বাৰ্তা পঠিয়াওক
people-tested = এই ব্যক্তিজনলৈ পৰীক্ষামূলক বাৰ্তা গৈ আছে।
people-change = নম্বৰ আৰু সময় সলনি কৰক

## The box, for people who look after it

system-title = বক্সটোৰ অৱস্থা
system-intro = বক্সটো এতিয়া কেনে আছে। ইয়াত ৰোগীৰ বিষয়ে একো দেখুওৱা নহয়।
system-well = ঠিকে আছে
system-unwell = চাব লাগে
system-unused = ব্যৱহাৰত নাই
system-networks-none = কোনো নেটৱৰ্কে ফিল্ম পঢ়া নাই: { $reason }
system-networks-next = ফিল্মবোৰ ৰখা হয় আৰু অপেক্ষাত থাকে। ইয়াত যি লিখা আছে সেয়া সহায়ক দলক জনাওক।
system-disk = ডিস্কত { $count } এমবি খালী আছে
system-disk-next = সোনকালেই আৰু ফটো তুলিব পৰা নাযাব। ডাঙৰ ডিস্ক এটা লগাওক, বা পুৰণি ফিল্মবোৰ আঁতৰাবলৈ সহায়ক দলক কওক।
system-waiting = { $count ->
        [one] { $count }খন ফটো পঢ়িবলৈ অপেক্ষাত
       *[other] { $count }খন ফটো পঢ়িবলৈ অপেক্ষাত
    }
system-held = { $count ->
        [one] এটা পদক্ষেপ বিফল হোৱাৰ বাবে { $count }খন ফিল্ম ৰৈ আছে
       *[other] এটা পদক্ষেপ বিফল হোৱাৰ বাবে { $count }খন ফিল্ম ৰৈ আছে
    }
system-undelivered = বাকী থকা এলাৰ্টৰ যিবোৰ বাৰ্তা নাপালেগৈ: { $count }
system-undelivered-next = ক্লিনিকৰ কোনোবাই “এলাৰ্ট” আৰু তাৰপিছত “যিবোৰ বাৰ্তা নাপালেগৈ” খোলক: কি কৰিব লাগে তাত লিখা আছে।
system-held-next = ক্লিনিকৰ কোনোবাই প্ৰতিখন খুলি “পুনৰ চেষ্টা কৰক” টিপিব লাগে।
system-clock-synced = ঘড়ীৰ সময় নিশ্চিত
system-clock-unsynced = ঘড়ীৰ সময় নিশ্চিত নহয়
system-clock-next = বক্সটোৱে টাইম ছাৰ্ভাৰ নোপোৱালৈকে বা তাৰ নিজৰ ঘড়ী মিলাই নিদিয়ালৈকে সময়বোৰত সেই চিন থাকে।
system-pack-passed-over = বাছি লোৱা এটা নেটৱৰ্ক ব্যৱহাৰ কৰা হোৱা নাই: { $reason }
system-pack-next = ইয়াক আকৌ ইনষ্টল কৰক, বা আন এটা বাছক।
system-board = ব’ৰ্ড: { $board }
system-heat-unknown = এই যন্ত্ৰই নিজৰ তাপ নোজোখে
system-heat-fine = ভিতৰত { $degrees } °C
system-heat-warm = ভিতৰত { $degrees } °C: গৰম, কিন্তু ঠিকে আছে
system-heat-hot = ভিতৰত { $degrees } °C: বৰ বেছি গৰম
system-heat-next = বক্সটো ছাঁত ৰাখক, বতাহৰ বিন্ধাবোৰ খোলা ৰাখক, ধূলি গুচাওক। চেঁচা নোহোৱালৈকে ই লাহে লাহে কাম কৰিব।
system-storage-well = ষ্ট’ৰেজ ঠিকে আছে
system-storage-life = ষ্ট’ৰেজ ঠিকে আছে; ইয়াৰ আয়ুসৰ কমেও { $percent } % শেষ হৈছে
storage-read-only = ষ্ট’ৰেজত একো লিখিব পৰা নাই
    .next = বক্সটো পুনৰ চলাওক। তথাপি তেনে থাকিলে সহায়ক দলক জনাওক: ষ্ট’ৰেজ বেয়া হৈ আহিছে চাগৈ।
storage-not-kept = তথ্য কেৱল মেম’ৰিত আছে, বিজুলী গ’লে হেৰাব
    .next = এই বক্সত ফিল্ম নল’ব। সহায়ক দলক জনাওক।
storage-writeback = ষ্ট’ৰেজ এনেদৰে লগোৱা আছে যে বিজুলী গ’লে তথ্য নষ্ট হ’ব পাৰে
    .next = সহায়ক দলক জনাওক: ডাটা পাৰ্টিচন data=ordered ৰে লগাব লাগিব।
storage-no-barrier = ষ্ট’ৰেজ এনেদৰে লগোৱা আছে যে বিজুলী গ’লে নিশ্চিত কৰা তথ্যও হেৰাব পাৰে
    .next = সহায়ক দলক জনাওক: ৰাইট বেৰিয়াৰ চলাব লাগিব।
storage-filesystem-errors = ফাইল চিষ্টেমত ভুল পোৱা গৈছে
    .next = এতিয়াই বেকআপ লওক আৰু সহায়ক দলক জনাওক।
storage-worn-out = ষ্ট’ৰেজ ক্ষয় গৈছে
    .next = এতিয়াই বেকআপ লওক। ষ্ট’ৰেজ সলাব লাগিব বুলি সহায়ক দলক জনাওক।
storage-wearing = ষ্ট’ৰেজৰ আয়ুসৰ বেছিভাগ শেষ হৈছে
    .next = অহা কেইমাহমানৰ ভিতৰত সলাবলৈ সহায়ক দলক কওক।
storage-sd-card = তথ্য SD কাৰ্ডত আছে; বহুতো কাৰ্ডে বিজুলী গ’লে তথ্য হেৰুৱায়
    .next = কাৰ্ডখন কেতিয়াও নুলিয়াব। সহায়ক দলক ভিতৰত লগোৱা ষ্ট’ৰেজ বা NVMe ডিস্ক খোজক।
system-gpu-serving = GPU-এ গণনা কৰি আছে: { $detail }
system-gpu-preparing = GPU সাজু কৰি থকা হৈছে ({ $detail }); তেতিয়ালৈ CPU-এ পঢ়ে
system-gpu-absent = CPU-এ পঢ়ি আছে; ইয়াত ব্যৱহাৰ কৰিব পৰা GPU নাই: { $detail }
system-gpu-refused = CPU-এ পঢ়ি আছে, কাৰণ GPU গ্ৰহণ কৰা নহ’ল: { $detail }
system-gpu-withdrawn = CPU-এ পঢ়ি আছে, কাৰণ GPU বিফল হ’ল: { $detail }
system-gpu-next = ফিল্ম আগৰ দৰেই পঢ়া হয়, মাথোঁ লাহে লাহে। বক্সটো এবাৰ পুনৰ চলাওক; তথাপি এইটো থাকিলে ইয়াত যি লিখা আছে সেয়া সহায়ক দলক জনাওক।
system-gpu-untried = এই প্ৰ’গ্ৰামৰ নিৰ্মাতাসকলে ইয়াক কোনো GPU বা Jetson-ত চলোৱা নাই। চলিবলৈ ধৰোঁতে ইয়াৰ উত্তৰ CPU-ৰ উত্তৰৰ লগত মিলাই চোৱা হৈছে।
update-title = বক্সটোৰ আপডেট
update-open = আপডেট
update-none = কোনো নতুন সংস্কৰণ সাজু নাই। বক্সটো অনলাইন হ’লে নতুন সংস্কৰণ নিজে আহে, বা সহায়ক দলৰ ষ্টিকত আহে।
update-impossible = এই বক্সত আপডেটৰ ব্যৱস্থা কৰা নাই। সহায়ক দলে কৰিব পাৰে।
update-offer = সংস্কৰণ { $version } সাজু আছে
update-size = আকাৰ: { $count } এমবি
update-failed-before = বক্সটোৱে আগতে এই সংস্কৰণ চলাই চাইছিল আৰু পুৰণিটোলৈ উভতি গৈছিল। প্ৰথমে সহায়ক দলক সোধক।
update-what = বক্সটোৱে প্ৰথমে সকলোৰে নকলত নতুন সংস্কৰণ চলাই চায়। তাৰ পিছত পুনৰ আৰম্ভ হয় আৰু কেইমিনিটমান কোনো পৃষ্ঠা নেদেখুৱায়। ফিল্ম আৰু ৰিপ’ৰ্ট থাকে। নতুন সংস্কৰণ আৰম্ভ নহ’লে বক্সটো নিজে পুৰণিটোলৈ উভতি যায়। যেতিয়া কোনো ৰোগী অপেক্ষাত নাথাকে তেতিয়া কৰক।
update-agree = মই সন্মত: বক্সটো এতিয়া আপডেট কৰিব পাৰি
update-submit = এতিয়া আপডেট কৰক
update-back = বক্সটোৰ অৱস্থালৈ উভতি যাওক
update-wait = বক্সটো চলি থাকিবলৈ দিয়ক। বিজুলী গ’লেও একো নেহেৰায়।
update-look = আকৌ চাওক
update-phase-asked = সংস্কৰণ { $version }: আৰম্ভ হোৱাৰ অপেক্ষাত
update-phase-unpacking = সংস্কৰণ { $version }: ফাইল পৰীক্ষা হৈ আছে
update-phase-copying = সংস্কৰণ { $version }: ডাটাবেচৰ নকল হৈ আছে
update-phase-trying = সংস্কৰণ { $version }: নতুন সংস্কৰণ নকলত পৰীক্ষা হৈ আছে
update-phase-switching = সংস্কৰণ { $version }: বক্সটো পুনৰ আৰম্ভ হৈ আছে
update-phase-done = সংস্কৰণ { $version } চলি আছে
update-phase-refused = সংস্কৰণ { $version } ভৰোৱা নহ’ল। একো সলনি হোৱা নাই।
update-phase-went-back = সংস্কৰণ { $version } ইয়াত আৰম্ভ নহ’ল। বক্সটো পুৰণি সংস্কৰণলৈ উভতি গ’ল; একো হেৰোৱা নাই।
update-reason-other-machine = ফাইলটো আন ধৰণৰ বক্সৰ বাবে।
update-reason-in-use = এই সংস্কৰণেই এতিয়া চলি আছে।
update-reason-older = ফাইলটোত এতিয়া চলি থকাতকৈ পুৰণি সংস্কৰণ আছে।
update-reason-from-too-old = এতিয়াৰ সংস্কৰণ এই ফাইলৰ বাবে বেছি পুৰণি। সহায়ক দলক মাজৰ সংস্কৰণ খোজক।
update-reason-from-too-new = এতিয়াৰ সংস্কৰণ এই ফাইলে আশা কৰাতকৈ নতুন।
update-reason-database-newer = এই সংস্কৰণে বক্সটোৰ ডাটাবেচ চিনি নাপায়।
update-reason-damaged = ফাইলটো নষ্ট। আকৌ কপি কৰক।
update-reason-signature = ফাইলটোত এনে কাৰো স্বাক্ষৰ নাই যাক এই বক্সে বিশ্বাস কৰে। ব্যৱহাৰ নকৰিব; সহায়ক দলক জনাওক।
update-reason-space = ডিস্কত ঠাই বৰ কম।
update-reason-trial = নকলত নতুন সংস্কৰণ বিফল হ’ল। সহায়ক দলক জনাওক।
update-reason-under-way = আন এটা আপডেট এতিয়াও শেষ হোৱা নাই। কেইমিনিটমান ৰ’ব।
update-reason-failed = বক্সটোত কিবা বিফল হ’ল। সহায়ক দলক জনাওক।
update-coming = সংস্কৰণ { $version } পৰ্টেলৰ পৰা আহি আছে: { $percent } % আহিছে
update-no-room = সংস্কৰণ { $version } পৰ্টেলত ৰৈ আছে: ডিস্কত ঠাই বৰ কম
update-from-portal = পৰ্টেলৰ { $name }য়ে ইয়াক দিছে।
update-decline = এই সংস্কৰণ নহয়
update-choice-title = পৰ্টেলৰ সংস্কৰণ
update-choice-help = সংস্কৰণ সলনি কৰোঁতে বক্সে কেইমিনিটমান কোনো পৃষ্ঠা নেদেখুৱায়। কেতিয়া, সেয়া ক্লিনিকৰ মানুহে ঠিক কৰে, পৰ্টেলে কেতিয়াও নকৰে।
update-choice-ask = কোনোবাই এই পৃষ্ঠাত সন্মত হ’লে
update-choice-at_night = ৰাতি নিজে, যেতিয়া ক্লিনিক বন্ধ আৰু কোনেও পৃষ্ঠা ব্যৱহাৰ নকৰে
models-title = নতুন নেটৱৰ্ক
models-new = নেটৱৰ্ক { $id } { $version } অপেক্ষাত আছে
models-figures = { $films }খন ফিল্ম আকৌ পঢ়া হ’ল। { $calls }টাৰ ভিতৰত { $flips }টা ফল সলনি হ’ব।
models-few = নতুন নেটৱৰ্ক এতিয়াৰটোৰ সৈতে মিলে নে নাই নিজে বুজিবলৈ এই বক্সত যথেষ্ট ফিল্ম নাই। চিকিৎসকে সিদ্ধান্ত লয়।
models-many = এশৰ ভিতৰত দুটাতকৈ বেছি ফল সলনি হ’ব। চিকিৎসকে সিদ্ধান্ত লয়।
models-remapped = সীমা এনেদৰে ৰখা হ’ল যাতে নতুন নেটৱৰ্কে এই ক্লিনিকৰ নিশ্চিত ৰোগ এতিয়াৰটোৰ সমান সংখ্যাত পায়: { $findings }।
models-flips-title = কি সলনি হ’ব
models-confirmed = নিশ্চিত
models-old = এতিয়াৰ
models-now = নতুন
models-call = { $call }: স্ক’ৰ { $score }, সীমা { $threshold }
models-not-assessed = মূল্যায়ন হোৱা নাই
models-more = আৰু { $count }টা ফল সলনি হ’ব।
models-looked = কি সলনি হ’ব মই চাইছোঁ
models-use = নতুন নেটৱৰ্কেৰে পঢ়ক
models-refuse = এতিয়াৰ নেটৱৰ্ক ৰাখক
models-none = কোনো নতুন নেটৱৰ্ক সিদ্ধান্তৰ অপেক্ষাত নাই।
models-back-title = আগৰ নেটৱৰ্ক
models-back-help = এতিয়াৰ নেটৱৰ্কে আগৰটোতকৈ বেয়াকৈ পঢ়িলে উভতি যাওক। পঢ়া ফিল্মৰ ফল থাকে।
models-back = আগৰ নেটৱৰ্কলৈ উভতি যাওক
models-waits = এটা নতুন নেটৱৰ্ক আপোনাৰ সিদ্ধান্তৰ অপেক্ষাত আছে
support-title = সহায়ক দলৰ সহায়
support-open = সহায়ক দলক বক্সটোৰ অৱস্থা চাবলৈ দিয়ক
support-what-title = সহায়ক দলে কি চায়
support-in = ফাইলত আছে: সংস্কৰণ, গোপন কথা নথকা ছেটিং, ফিল্ম আৰু ৰিপ’ৰ্টৰ সংখ্যা, কেতিয়া কি হ’ল, ভুল, ডিস্ক, মেম’ৰি আৰু উষ্ণতা।
support-not-in = ফাইলত নাই: নাম, ৰোগীৰ নম্বৰ, ফিল্ম, ৰিপ’ৰ্ট, টোকা, ফোন নম্বৰ, পিন আৰু পাছৱৰ্ড।
support-how = ফাইলটো এনেদৰে বন্ধ যে কেৱল সহায়ক দলে খুলিব পাৰে। বক্সটোৰ পৰ্টেল থাকিলে অনলাইন হ’লে ই তালৈ যায়; আপুনি লৈও যাব পাৰে। কোনেও বক্সটোৰ ভিতৰলৈ নাহে।
support-ready-title = ফাইল সাজু আছে
support-ready = ষ্টিকত বা মেইলত সহায়ক দলক দিব পাৰে। সময় শেষ হ’লে বক্স আৰু পৰ্টেলে ইয়াক আঁতৰায়।
support-carry = ফাইল সাঁচি থওক
support-end = সন্মতি উভতাই লওক আৰু ফাইল আঁতৰাওক
support-impossible = এই বক্সত সহায়ক দলৰ চাবি নাই। ইয়াত সহায়ক দলৰ বাবে একো বনাব নোৱাৰি।
support-agree-title = সন্মতি দিয়ক
support-until = কিমান সময়ৰ বাবে
support-hours = { $count } ঘণ্টা
support-agree = মই সন্মত: সহায়ক দলে ইমান সময় ইয়াক চাব পাৰে
support-submit = সন্মতি দিয়ক আৰু ফাইল বনাওক
support-log-title = কোনে সন্মতি দিলে
support-log = { $name }: { $from }ৰ পৰা { $until }লৈ
support-log-ended = { $name }: { $from }ৰ পৰা, { $until }ত উভতাই লোৱা
support-way-waiting = পৰ্টেলৰ বাবে ৰৈ আছে
support-way-arrived = { $time }ৰ পৰা পৰ্টেলৰ হাতত আছে
support-way-removed = পৰ্টেলে ইয়াক আঁতৰাইছে

## Worklist

worklist-title = কামৰ তালিকা
new-patient = নতুন ৰোগী
worklist-filter = দেখুৱাওক
worklist-all = সকলো
worklist-empty = ইয়াত কোনো পৰীক্ষা নাই।
worklist-empty-next = ৰোগী পঞ্জীয়ন কৰিবলৈ “নতুন ৰোগী” টিপক।
worklist-newer = আগৰ পৃষ্ঠা
worklist-older = পিছৰ পৃষ্ঠা
worklist-list = পৰীক্ষাবোৰ, য’ত মানুহে আগতে চাব লাগে সেইবোৰ ওপৰত
worklist-find = নাম, ক্লিনিকৰ নম্বৰ বা পৰীক্ষাৰ নম্বৰ
worklist-find-short = নাম বা নম্বৰ
worklist-find-submit = বিচাৰক
worklist-narrow = তালিকা সৰু কৰক
worklist-by-day = পঞ্জীয়নৰ দিন
worklist-by-urgency = জৰুৰী মাত্ৰা
worklist-any-urgency = যিকোনো মাত্ৰা
worklist-any-day = যিকোনো দিন
worklist-today = আজি
worklist-week = যোৱা 7 দিন
worklist-one-day = যিকোনো এটা দিন
worklist-show = দেখুৱাওক
worklist-lists = তালিকা
worklist-retake = আকৌ তুলিব লাগে
worklist-physician = চিকিৎসকৰ অপেক্ষাত
worklist-everything = সকলো পৰীক্ষা দেখুৱাওক
worklist-clock = এই বক্সৰ ঘড়ীৰ সময় নিশ্চিত নহয়, সেয়ে দিন ভুল হ’ব পাৰে। “যিকোনো দিন”-তো চাওক।
worklist-pages = পৃষ্ঠা
patient-line = { $sex }, { $age }
age-years = { $years ->
        [one] { $years } বছৰ
       *[other] { $years } বছৰ
    }
age-unknown = বয়স জনা নাই
local-id-label = আইডি { $id }
study-number = পৰীক্ষা { $number }
headline = { $finding }: { $call }

## New patient

register-title = নতুন ৰোগী
patient-name = ৰোগীৰ নাম
local-id = ক্লিনিকত ৰোগীৰ নম্বৰ
local-id-help = ৰেজিষ্টাৰত বা ৰোগীৰ কাৰ্ডত যেনেকৈ আছে। বাদো দিব পাৰে।
sex = লিংগ
age = বয়স
age-title = বয়স, বা জন্মৰ বছৰ
age-help = দুয়োটাৰ যিকোনো এটা লিখক।
age-in-years = বয়স (বছৰত)
birth-year = জন্মৰ বছৰ
register-submit = পঞ্জীয়ন কৰক, তাৰ পিছত ফটো তোলক
register-cancel = বাতিল কৰক

## Wrong fields

field-name = 1ৰ পৰা 120টা আখৰৰ নাম লিখক।
field-name-taken = এই নামৰ আন এজন ব্যৱহাৰকাৰী আছে: আন এটা নাম বা নামৰ আদ্যাক্ষৰ যোগ দিয়ক।
field-local_id = ক্লিনিকৰ নম্বৰটো বেছিতে বেছি 40টা আখৰেৰে লিখক, বা বাদ দিয়ক।
field-sex = এটা উত্তৰ বাছক। “জনা নাই” বুলিও বাছিব পাৰে।
field-age-missing = বয়স বা জন্মৰ বছৰ লিখক। বয়স জনা থাকিলেহে স্ক’ৰ দেখুওৱা হয়।
field-age-both = বয়স বা জন্মৰ বছৰ লিখক, দুয়োটা নহয়।
field-age-range = বয়সটো 0ৰ পৰা 120লৈ পূৰ্ণ সংখ্যাত লিখক।
field-birth-year-range = জন্মৰ বছৰটো চাৰিটা অংকত লিখক, { $first }ৰ পৰা { $last }লৈ।
field-pin = 4ৰ পৰা 12টা অংক বাছক, আটাইবোৰ যাতে একে নহয়, বা কমেও 8টা আখৰ।
field-pin_again = দুয়োটা একে নহয়। একেটাকে দুবাৰ লিখক।
field-code = প্ৰথম লগ ইনৰ সেই ক’ডটো লিখক যিটো বক্সটোৱে নিজৰ কনছ’লত দেখুৱাইছিল।
field-operator = আপোনাৰ নাম বাছক।
field-role = ব্যৱহাৰকাৰীজনে কি কৰিব পাৰিব সেয়া বাছক।

## Study

study-title = পৰীক্ষা { $number }
study-registered = পঞ্জীয়ন: { $time }
next-title = কি কৰিব
no-reading = কোনো ৰিডিং নাই
no-reading-yet = এতিয়ালৈ কোনো ৰিডিং নাই
upload-title = ফিল্মৰ ফটো
upload-more-title = আৰু এখন ফটো যোগ কৰক
upload-how = ফোনটো লাইট বক্সৰ ঠিক সন্মুখত পোনকৈ ধৰক। গোটেই ফিল্মখন ফটোত স্পষ্টকৈ থাকিব লাগিব, আৰু তাত যাতে পোহৰৰ প্ৰতিফলন নাথাকে।
upload-help = ভাল ফটো কেনেকৈ তুলিব
upload-camera = ফটো তোলক
live-title = ইংগিত দিয়া কেমেৰা
live-close = বন্ধ কৰক
live-shutter = তোলক
upload-gallery = ফোনৰ পৰা বাছক
upload-send = ফটোখন পঠিয়াওক
upload-hold = ফটো পঢ়ি থকা সময়ত এই পৃষ্ঠাটো বাৰে বাৰে নিজে নিজে ল’ড হয়। আন এখন ফটো বাছাৰ আগতে ইয়াত টিপক।
upload-known = এই ফটোখন বক্সটোত আগৰে পৰা আছিল। একো যোগ কৰা হোৱা নাই।
viewer-title = এক্স-ৰে ছবি
viewer-alt = এক্স-ৰে ছবি, ফটোৰ পৰা সোজা কৰি লোৱা
viewer-no-reading = আপুনি ফটোখন চাই ল’ব পৰাকৈ দেখুওৱা হৈছে। এয়া ৰিডিং নহয়।
heatmap-alt = এক্স-ৰে ছবিৰ ওপৰত হিটমেপ: { $finding }
heatmap-title = হিটমেপ
heatmap-help = মডেলে ক’ত চাইছে সেয়া হিটমেপে দেখুৱায়। ই ফাইণ্ডিঙৰ সীমাৰেখা নেদেখুৱায়। ফিল্মৰ যি ঠাইত ফাইণ্ডিংটোৰ পক্ষে একো নাই, সেই ঠাই খালী থাকে।
heatmap-none = বন্ধ
heatmap-show = হিটমেপ: { $finding }
heatmap-opacity = হিটমেপ কিমান গাঢ়
heatmap-hint = ইংগিত
lungs-show = হাওঁফাওঁ আৰু আক্ৰান্ত অংশ
lungs-alt = দুয়োটা হাওঁফাওঁৰ সীমাৰেখা, আৰু আক্ৰান্ত বুলি ধৰা অংশৰ ওপৰত আঁচ
lungs-help = নীলা ৰেখাবোৰ হ’ল নেটৱৰ্কে আঁকি উলিওৱা হাওঁফাওঁৰ সীমাৰেখা। আঁচবোৰ হ’ল নেটৱৰ্কে আক্ৰান্ত বুলি ধৰা অংশ।
viewer-photo = ফটোখন, যেনেকৈ তোলা হৈছিল
viewer-photo-alt = ফিল্মৰ ফটো, যেনেকৈ তোলা হৈছিল
viewer-zoom-in = ডাঙৰ কৰক
viewer-zoom-out = সৰু কৰক
viewer-invert = ক’লা-বগা ওলোটাওক
viewer-reset = আগৰ দৰে কৰক
viewer-full = সম্পূৰ্ণ
viewer-level = লেভেল (উজ্জ্বলতা)
viewer-window = উইণ্ড’ (কনট্ৰাষ্ট)
viewer-adjust = উইণ্ড’ আৰু লেভেল
viewer-keys = লৰাবলৈ টানক, ডাঙৰ-সৰু কৰিবলৈ দুটা আঙুলিৰে চিপক বা মাউছৰ চকা ঘূৰাওক, সোনকালে ডাঙৰ কৰিবলৈ দুবাৰ টেপ কৰক।
scores-title = স্ক’ৰ
scores-help = প্ৰতিটো ফাইণ্ডিঙৰ বাবে 0ৰ পৰা 1লৈ এটা স্ক’ৰ, মডেলৰ সীমাৰ সৈতে। সীমাৰ চাৰিওফালৰ ধূসৰ পটিটোৰ অৰ্থ: ইমান ওচৰত যে ক’ব নোৱাৰি।
score-label = স্ক’ৰ { $score }
threshold-label = সীমা { $threshold }
score-bar = { $finding }: স্ক’ৰ { $score }, সীমা { $threshold }, { $call }
hints-title = ইংগিত (দুৰ্বল প্ৰমাণ)
hints-help = এই ফাইণ্ডিংবোৰত মডেলটো যথেষ্ট ভালদৰে পৰীক্ষা কৰা হোৱা নাই। ইংগিতে কেতিয়াও জৰুৰী মাত্ৰা সলনি নকৰে।
hint-mark = ইংগিত (দুৰ্বল প্ৰমাণ)
legend-score = স্ক’ৰ
legend-threshold = সীমা
legend-band = ইমান ওচৰত যে ক’ব নোৱাৰি
not-assessed-title = মূল্যায়ন কৰা হোৱা নাই
not-assessed-help = এই ফাইণ্ডিংবোৰৰ বিষয়ে বক্সটোৱে একো নকয়। স্ক’ৰ নথকাৰ অৰ্থ ফাইণ্ডিংটো নাই বুলি নহয়।
glare-on-lungs = হাওঁফাওঁৰ { $share } % প্ৰতিফলনে ঢাকি ৰাখিছে। তাৰ তলত কি আছে ক’ব নোৱাৰি।
lung-share-title = অপাচিটি থকা হাওঁফাওঁৰ অংশ
lung-share = দুয়োটা হাওঁফাওঁৰ { $both } %: সোঁ হাওঁফাওঁ { $right } %, বাওঁ হাওঁফাওঁ { $left } %। এই ফিল্মৰ আন এখন ফটোত { $low }ৰ পৰা { $high } % আহিব পাৰে।
lung-share-help = এয়া ছবিত দেখা ক্ষেত্ৰফলৰ অংশ, আয়তনৰ নহয়। আঁকি দিয়া অপাচিটিৰ পৰা শিকা: সেয়া কি, চিকিৎসকে বিচাৰ কৰে।
not-assessed-lung-share = হাওঁফাওঁৰ আক্ৰান্ত অংশ
not-assessed-lung-share-reason = এই ৰিডিঙত হাওঁফাওঁৰ সীমাৰেখা অঁকা হোৱা নাই।
not-assessed-not-in-model = এই বক্সৰ মডেলে ইয়াৰ স্ক’ৰ নিদিয়ে।
not-assessed-channel = মডেলৰ স্ক’ৰবোৰ ফিল্মৰ ফটোত পৰীক্ষা কৰা হোৱা নাই।
not-assessed-below-age = ৰোগীৰ বয়স { $min } বছৰতকৈ কম, বা কম হ’ব পাৰে, আৰু মডেলটো কেৱল সেই বয়সৰ পৰাহে পৰীক্ষা কৰা হৈছে।
not-assessed-age-unknown = বয়স জনা নাই, আৰু মডেলটো কেৱল { $min } বছৰ বয়সৰ পৰাহে পৰীক্ষা কৰা হৈছে।
remarks-title = ফটোৰ বিষয়ে মন্তব্য
remarks-none = কোনো মন্তব্য নাই: ফিল্ম আৰু ফটো যথেষ্ট ভাল আছিল, আৰু ফিল্মখন সোজাকৈ আছিল।
orientation-90 = ফটোত ফিল্মখন 90° ঘূৰি আছিল। বক্সটোৱে তাক সোজা কৰি লৈছে।
orientation-180 = ফটোত ফিল্মখন তল-ওপৰকৈ ওলোটা আছিল। বক্সটোৱে তাক সোজা কৰি লৈছে।
orientation-270 = ফটোত ফিল্মখন 270° ঘূৰি আছিল। বক্সটোৱে তাক সোজা কৰি লৈছে।
orientation-mirrored = ফিল্মখন পিছফালৰ পৰা দেখা বুলি ধৰি বক্সটোৱে তাক সোঁ-বাওঁকৈ ওলোটাইছে। ছাইড মাৰ্কাৰটো চাওক: তাৰ আখৰটো পোনকৈ পঢ়িব পাৰিব লাগিব।
orientation-inverted = ক’লা-বগা ওলোটা আছিল। হাড় বগা দেখাবলৈ বক্সটোৱে তাক আকৌ ওলোটাই ঠিক কৰিছে।
mirror-doubtful = ফিল্মখন পিছফালৰ পৰা দেখা নেকি, বক্সটো নিশ্চিত নহয়।
    .next = সোঁ-বাওঁ ধৰি লোৱাৰ আগতে ফিল্মৰ ছাইড মাৰ্কাৰটো (L বা R) চাওক।
age-doubtful = ফিল্মখন সৰু ল’ৰা-ছোৱালীৰ যেন লাগে, কিন্তু ৰোগীৰ পঞ্জীয়ন কৰা বয়স তাতকৈ বেছি।
    .next = কোনোবাই স্ক’ৰ ব্যৱহাৰ কৰাৰ আগতে চাওক, এইখন এই ৰোগীৰ ফিল্ম হয় নে নহয়।
same-film-this = এই পৰীক্ষাৰ এখন ফটোৰ ফিল্মখন এই ৰোগীৰে পৰীক্ষা { $number }ৰ ফিল্মখনৰ দৰেই দেখায়।
    .next = পৰীক্ষা { $number } খোলক, দুয়োখন ফিল্ম চাওক, আৰু একেখন ফিল্ম হয় নে নহয় ইয়াত জনাওক।
same-film-another = এই পৰীক্ষাৰ এখন ফটোৰ ফিল্মখন পৰীক্ষা { $number }ৰ ফিল্মখনৰ দৰেই দেখায়; সেই পৰীক্ষাটো আন এজন ৰোগীৰ নামত পঞ্জীয়ন কৰা আছে।
    .next = কোনোবাই স্ক’ৰ ব্যৱহাৰ কৰাৰ আগতে দুয়োখন ফিল্ম আৰু তাত থকা নাম মিলাই চাওক। তাৰ পিছত একেখন ফিল্ম হয় নে নহয় ইয়াত জনাওক।
same-film-same-this = এইখন এই ৰোগীৰ পৰীক্ষা { $number }ত থকা ফিল্মখনেই।
    .next = আৰু একো কৰিব নালাগে: পৰীক্ষা দুটা বেলেগে থাকিব, আৰু দুয়োটাৰে ৰিডিং থাকিব।
same-film-same-another = এইখন পৰীক্ষা { $number }ত থকা ফিল্মখনেই; সেই পৰীক্ষাটো আন এজন ৰোগীৰ নামত পঞ্জীয়ন কৰা আছে। দুটা নামৰ এটা ভুল।
    .next = ফিল্মখন কাৰ উলিয়াওক, আৰু দুয়োটা পৰীক্ষাৰ কোনোটোৰে স্ক’ৰ ব্যৱহাৰ হোৱাৰ আগতে চিকিৎসকক জনাওক।
same-film-other = ফিল্মখন পৰীক্ষা { $number }ৰ ফিল্মখনৰ দৰেই দেখায়, কিন্তু এইখন বেলেগ ফিল্ম।
    .next = আৰু একো কৰিব নালাগে।
same-film-answered = এই উত্তৰ দিছে: { $name }, { $time }।
same-film-open = পৰীক্ষা { $number } খোলক
same-film-yes = একেখন ফিল্মেই
same-film-no = বেলেগ ফিল্ম
same-film-change = উত্তৰ সলনি কৰক
report-title = ৰিপৰ্টৰ খচৰা
report-help = বক্সটোৱে লিখা। চিকিৎসকে সিদ্ধান্ত লয় আৰু স্বাক্ষৰ কৰে।
photos-title = ফটো
photos-none = এতিয়ালৈ কোনো ফটো নাই।
photo-number = ফটো { $number }
photo-received = পোৱা গৈছে: { $time }
photo-original = মূল ফটোখন ডাউনল’ড কৰক
photo-retry = পুনৰ চেষ্টা কৰক
photo-correct = সীমাৰেখা বা দিশ ঠিক কৰক
photo-corrected = এই ফটোত ফিল্মখন কেনেকৈ আছে সেয়া এজন ব্যক্তিয়ে দেখুৱাই দিছে।

## Correcting how a film lies in its photo

correct-title = ফিল্মখন ঠিক কৰক
correct-photo = ফটোখন, ফিল্মৰ সীমাৰেখাৰ সৈতে
correct-corners = ফিল্মৰ চুককেইটা
correct-corners-help = চাৰিওটা চিন টানি নি ফিল্মৰ একোটা চুকত থওক।
correct-corners-missing = বক্সটোৱে ইয়াত কোনো ফিল্ম নাপালে। চাৰিওটা চিন টানি নি ফিল্মৰ একোটা চুকত থওক।
correct-numbers = সংখ্যাত চুককেইটা
correct-numbers-help = ফটোৰ প্ৰস্থ আৰু উচ্চতাৰ শতাংশ, ওপৰৰ বাওঁ চুকৰ পৰা।
correct-right = সোঁফাললৈ
correct-down = তললৈ
correct-move = টানক, বা এৰ’ কী (কাঁড় চিন) ব্যৱহাৰ কৰক।
corner-top-left = ওপৰৰ বাওঁ
corner-top-right = ওপৰৰ সোঁ
corner-bottom-right = তলৰ সোঁ
corner-bottom-left = তলৰ বাওঁ
correct-turn = ফিল্মৰ ওপৰফাল
correct-turn-help = ৰোগীৰ কান্ধ দুখন ফটোৰ কোনটো কাষত আছে?
turn-0 = ওপৰত
turn-90 = সোঁফালে
turn-180 = তলত
turn-270 = বাওঁফালে
correct-shown = ফিল্মখন কেনেকৈ দেখুওৱা হৈছে
correct-mirrored = পিছফালৰ পৰা দেখা
correct-mirrored-help = আখৰ আৰু ছাইড মাৰ্কাৰ ওলোটাকৈ দেখা যায়।
correct-inverted = হাড়বোৰ ক’লা
correct-inverted-help = হাওঁফাওঁ উজ্জ্বল আৰু হাড় ক’লা, কিছুমান স্ক্ৰীণত যেনেকৈ দেখা যায়।
correct-submit = ফটোখন আকৌ পঢ়ক
correct-cancel = যেনেকৈ আছে তেনেকৈ থাকক
photo-in-use = ৰিডিংটো এই ফটোৰ পৰা লোৱা।
photo-better = বেছি ভাল ফটো: ইয়াত মন্তব্য কম বা লঘু।
again-title = দ্বিতীয় এখন ফটো হ’লে সুবিধা হ’ব
again-help = দুয়োটা ৰিডিং ৰখা হয় আৰু তুলনা কৰা হয়। যিটো বেছি জৰুৰী সেইটোহে ধৰা হয়।
again-take = দ্বিতীয় এখন ফটো তোলক
repeat-title = ফটোৰ তুলনা
repeat-help = বক্সটোৱে ফিল্মৰ প্ৰতিখন ফটো বেলেগে বেলেগে পঢ়ে। বাৰে বাৰে পঢ়িলে স্ক’ৰবোৰ কিমান মিলে, ইয়াৰ পৰা জনা যায়।
repeat-one = এই ফিল্মৰ { $readings ->
        [2] দুখন ফটো
       *[other] { $readings }খন ফটো
    }: স্ক’ৰৰ পাৰ্থক্য সৰ্বাধিক { $difference }; { $agreement }।
repeat-agree = এই ফিল্মৰ { $readings ->
        [2] দুখন ফটো
       *[other] { $readings }খন ফটো
    }: স্ক’ৰৰ পাৰ্থক্য সৰ্বাধিক { $difference }। সকলো ফলাফল একে।
repeat-differ = এই ফিল্মৰ { $readings ->
        [2] দুখন ফটো
       *[other] { $readings }খন ফটো
    }: স্ক’ৰৰ পাৰ্থক্য সৰ্বাধিক { $difference }। ফলাফল বেলেগ বেলেগ।
repeat-other-model = এই ফিল্মৰ { $readings ->
        [2] দুখন ফটো
       *[other] { $readings }খন ফটো
    } বেলেগ বেলেগ মডেলে পঢ়িছে, সেয়েহে সেইবোৰৰ স্ক’ৰ তুলনা কৰিব নোৱাৰি।
repeat-same = { $readings ->
        [2] দুয়োখনতে { $call }
       *[other] আটাইকেইখনতে { $call }
    }
repeat-calls-differ = ফলাফল বেলেগ বেলেগ
repeat-finding = স্ক’ৰৰ পাৰ্থক্য সৰ্বাধিক { $difference }; { $agreement }
repeat-reading = ফটো { $number }: { $score }, { $call }
repeat-doubt = এই ফিল্মৰ ফটোবোৰৰ ফলাফল নিমিলে: { $findings }।
    .next = চিকিৎসকে ফিল্মখন নিজে চাব লাগিব। প্ৰতিখন ফটোতে এই ৰোগীৰ ফিল্ম আছেনে চাওক।
steps-title = পদক্ষেপ
step-done = হ’ল
step-now = এতিয়া
step-waiting = অপেক্ষাত
step-failed = বিফল
step-stopped = কৰা নহ’ল
model-line = মডেল { $model }, { $backend }-ত

## States of a study

state-registered = এতিয়ালৈ ফটো নাই
    .what = ৰোগীৰ পঞ্জীয়ন হৈছে। ফিল্মৰ ফটো এতিয়ালৈ নাই।
    .next = এতিয়া ফিল্মখনৰ ফটো তোলক।
state-processing = পঢ়া হৈ আছে
    .what = ফটোখন বক্সটোত সুৰক্ষিত আছে আৰু পঢ়া হৈ আছে।
    .next = কেইছেকেণ্ডমান ৰওক: এই পৃষ্ঠাটো নিজে নিজে সলনি হ’ব। আপুনি পৰৱৰ্তী ৰোগীৰ কামো কৰিব পাৰে।
state-retake_asked = আকৌ ফটো তোলক
    .what = ফটোখন পঢ়িব পৰাকৈ ভাল নহয়, সেয়েহে কোনো স্ক’ৰ নাই।
    .next = একেখন ফিল্মৰ নতুন ফটো তোলক। তলত দিয়া পৰামৰ্শ মানি চলক।
state-held = মানুহৰ সহায় লাগে
    .what = বক্সটোত এটা পদক্ষেপ বিফল হ’ল। ফটোখন সুৰক্ষিত আছে, কিন্তু কোনো স্ক’ৰ নাই।
    .next = তলত ফটোৰ কাষত যি লিখা আছে সেয়া কৰক, তাৰ পিছত “পুনৰ চেষ্টা কৰক” টিপক।
state-reported = পঢ়া হ’ল
    .what = বক্সটোৱে এক্স-ৰে ছবিখন পঢ়িছে।
    .next = চিকিৎসকে ফিল্মখন চাই সিদ্ধান্ত লয়।
state-signed = স্বাক্ষৰ কৰা হ’ল
    .what = চিকিৎসকে ৰিপৰ্টত স্বাক্ষৰ কৰিছে।
    .next = ইয়াত আৰু একো কৰিব নালাগে।
state-voided = বাতিল
    .what = এই পৰীক্ষাটো ভুলতে পঞ্জীয়ন কৰা হৈছিল। ইয়াৰ কোনো ৰিডিং নাই।
    .next = ফিল্ম পঢ়িবলগীয়া হ’লে ৰোগীজনৰ আকৌ পঞ্জীয়ন কৰক।

## States of a photo

photo-captured = ৰখা হৈছে, পঢ়িবলৈ অপেক্ষাত
photo-digitised = ফিল্ম পোৱা গ’ল আৰু সোজা কৰা হ’ল
photo-accepted = যথেষ্ট ভাল, স্ক’ৰ উলিওৱা হৈ আছে
photo-scored = স্ক’ৰ উলিওৱা হ’ল, ৰিপৰ্ট লিখা হৈ আছে
photo-reported = পঢ়া হ’ল
photo-refused = যথেষ্ট ভাল নহয়: আকৌ তোলক
photo-held_digitise = ফিল্মখন বিচাৰোঁতে ৰৈ গ’ল
photo-held_grade = গুণমান চাওঁতে ৰৈ গ’ল
photo-held_score = স্ক’ৰ উলিয়াওঁতে ৰৈ গ’ল
photo-held_draft = ৰিপৰ্ট লিখোঁতে ৰৈ গ’ল

stage-stored = বক্সটোত সুৰক্ষিতভাৱে ৰখা
stage-digitise = ফিল্মখন বিচাৰি সোজা কৰা
stage-grade = গুণমান চোৱা
stage-score = ফাইণ্ডিংবোৰৰ স্ক’ৰ উলিওৱা
stage-draft = ৰিপৰ্টৰ খচৰা লিখা

## Urgency

urgency-urgent = জৰুৰী
    .what = পলম কৰিব নোৱাৰা এটা ফাইণ্ডিং সীমাৰ ওপৰত আছে।
    .next = এই ফিল্মখন এতিয়াই চিকিৎসকক দেখুৱাওক।
urgency-soon = সোনকালে
    .what = কোনো ফাইণ্ডিং সীমাৰ ওপৰত আছে, বা সীমাৰ ইমান ওচৰত যে ক’ব নোৱাৰি, বা কোনো ফাইণ্ডিঙৰেই মূল্যায়ন কৰিব পৰা নগ’ল।
    .next = এই ফিল্মখন আজিয়েই চিকিৎসকক দেখুৱাওক।
urgency-routine = নিয়মীয়া
    .what = মূল্যায়ন কৰা কোনো ফাইণ্ডিং সীমাৰ ওপৰত নাই। ইয়াৰ পৰা বেমাৰ নাই বুলি ক’ব নোৱাৰি।
    .next = চিকিৎসকক ফিল্মখন সাধাৰণ ক্ৰমত পঢ়িবলৈ দিয়ক। ৰোগীক বেমাৰী যেন লাগিলে অপেক্ষা নকৰিব।

## Findings

finding-tuberculosis = যক্ষ্মাৰ (টিবি) সৈতে মিলা ছবি
finding-covid19 = COVID-19ৰ দৰে পেটাৰ্ণ
finding-pneumonia = নিউমোনিয়াৰ দৰে অপাচিটি
finding-effusion = প্লুৰেল ইফিউজন (হাওঁফাওঁৰ আৱৰণত পানী)
finding-cardiomegaly = হৃদযন্ত্ৰৰ ডাঙৰ ছাঁ
finding-abnormal = যিকোনো অস্বাভাৱিকতা
finding-pneumothorax = নিউম’থ’ৰেক্স
finding-nodule = নডিউল (সৰু টেমুনা)
finding-mass = মেছ (ডাঙৰ টেমুনা)
finding-atelectasis = এটেলেক্টেছিছ
finding-consolidation = কনছলিডেচন
finding-infiltration = ইনফিল্ট্ৰেচন
finding-edema = ইডিমা
finding-pleural_thickening = প্লুৰা ডাঠ হোৱা
finding-fibrosis = ফাইব্ৰ’ছিছ
finding-emphysema = এম্ফাইছিমা
finding-hernia = হায়েটেল হাৰ্নিয়া
finding-lung_lesion = নডিউল বা মেছ
finding-lung_opacity = হাওঁফাওঁত অপাচিটি
finding-enlarged_cardiomediastinum = হৃদযন্ত্ৰ আৰু মিডিয়াষ্টিনামৰ বহল ছাঁ
finding-fracture = ফ্ৰেকচাৰ (হাড় ভঙা)

call-above = সীমাৰ ওপৰত
call-below = সীমাৰ তলত
call-indeterminate = সীমাৰ ইমান ওচৰত যে ক’ব নোৱাৰি

evidence-assessed = মূল্যায়ন কৰা হৈছে
evidence-hint = ইংগিত (দুৰ্বল প্ৰমাণ)

sex-female = মহিলা
sex-male = পুৰুষ
sex-other = অন্য
sex-unknown = জনা নাই

role-technician = টেকনিচিয়ান
    .help = ৰোগী পঞ্জীয়ন কৰে আৰু ফিল্মৰ ফটো তোলে।
role-physician = চিকিৎসক
    .help = ফিল্ম পঢ়ে, ৰিপৰ্ট লিখে আৰু তাত স্বাক্ষৰ কৰে।
role-administrator = প্ৰশাসক
    .help = ব্যৱহাৰকাৰীও যোগ কৰে।
role-support = সহায়ক দল
    .help = বক্সটোৰ যত্ন লয়। কোনো ৰোগীৰ তথ্য নেদেখে।

backend-tract = tract (CPU)
backend-tensorrt = TensorRT

side-right = সোঁ
side-central = মাজ
side-left = বাওঁ
zone-upper = ওপৰৰ
zone-middle = মাজৰ
zone-lower = তলৰ

## What is wrong with a photo

issue-blur = ফটোখন অস্পষ্ট।
    .next = ফোনটো দুয়োখন হাতেৰে ধৰক, ফ’কাছ কৰিবলৈ ফিল্মৰ ওপৰত টেপ কৰক, আৰু স্পষ্ট নোহোৱালৈকে ৰওক।
    .remark = ফটোখন অলপ অস্পষ্ট: সৰু ফাইণ্ডিং ধৰা নপৰিব পাৰে।
issue-glare = ফিল্মৰ এটা অংশ পোহৰৰ প্ৰতিফলনে ঢাকি ৰাখিছে।
    .next = কোঠাৰ লাইট নুমুৱাওক, বা এনেকৈ থিয় হওক যাতে কোনো লেম্প বা খিৰিকীৰ পোহৰ ফিল্মত প্ৰতিফলিত নহয়।
    .remark = ফিল্মত পোহৰৰ সৰু প্ৰতিফলন এটা আছে: সেই ঠাইখিনি ফিল্মখনতে চাওক।
issue-underexposed = ফটোখন বৰ আন্ধাৰ।
    .next = লাইট বক্সটো জ্বলাওক, বা হাওঁফাওঁৰ ক’লা অংশত টেপ কৰক যাতে ফোনে ফটোখন উজ্জ্বল কৰে।
    .remark = ফটোখন কিছু আন্ধাৰ: ক’লা অংশবোৰত খুঁটিনাটি কমকৈ দেখা যায়।
issue-overexposed = ফটোখন বৰ উজ্জ্বল।
    .next = ফিল্মৰ আটাইতকৈ উজ্জ্বল অংশত টেপ কৰক যাতে ফোনে ফটোখন আন্ধাৰ কৰে।
    .remark = ফটোখন কিছু বেছি উজ্জ্বল: উজ্জ্বল অংশবোৰত খুঁটিনাটি কমকৈ দেখা যায়।
issue-cut_off = ফিল্মৰ এটা অংশ ফটোৰ বাহিৰত আছে।
    .next = ফিল্মৰ চাৰিওটা চুক ফটোত নহালৈকে পিছুৱাই যাওক।
    .remark = ফিল্মৰ এটা কাষ ফটোৰ কাষৰ ওচৰত আছে: কিবা কটা গৈছে নেকি চাওক।
issue-occluded = হাত বা কিবা বস্তুৱে ফিল্মৰ এটা অংশ ঢাকি ৰাখিছে।
    .next = ফিল্মৰ পৰা ক্লিপ, হাত আৰু কাগজ আঁতৰাওক।
    .remark = কিবা সৰু বস্তুৱে ফিল্মৰ এটা কাষ ঢাকি ৰাখিছে: সেই ঠাইখিনি ফিল্মখনতে চাওক।
issue-backlight = ফিল্মৰ মাজেৰে পিছফালৰ কিবা বস্তু দেখা গৈছে, বা পিছফালৰ পোহৰ সমান নহয়।
    .next = ফিল্মখন লাইট বক্সত, বা সমান বগা পোহৰৰ সন্মুখত থওক।
    .remark = ফিল্মৰ পিছফালৰ পোহৰ সমান নহয়: সেই ঠাইখিনি ফিল্মখনতে চাওক।
issue-too_small = ফটোত ফিল্মখন বৰ সৰু।
    .next = ফিল্মখনে ফটোৰ বেছিভাগ ঠাই নুজুৰালৈকে ওচৰলৈ যাওক।
    .remark = ফটোত ফিল্মখন কিছু সৰু: সৰু ফাইণ্ডিং ধৰা নপৰিব পাৰে।
issue-not_chest_film = ফিল্মখন বুকুৰ এক্স-ৰে যেন নালাগে।
    .next = এইখন এই ৰোগীৰ বুকুৰ ফিল্ম হয়নে চাওক, তাৰ পিছত সোজাকৈ থৈ ফটো তোলক।
    .remark = ফিল্মখন সাধাৰণ বুকুৰ এক্স-ৰেৰ দৰে সম্পূৰ্ণকৈ নালাগে: ফিল্মখন চাওক।
issue-lateral = ফিল্মখনত বুকুখন কাষৰ পৰা দেখা গৈছে।
    .next = সন্মুখৰ পৰা তোলা ফিল্মখনৰ ফটো তোলক।
    .remark = ফিল্মখনত বুকুখন হয়তো কাষৰ পৰা দেখা গৈছে: ফিল্মখন চাওক।
issue-two_films = দুখন ফিল্ম কাষে কাষে আছে।
    .next = লাইট বক্সত কেৱল এখন ফিল্ম থওক আৰু কেৱল সেইখনৰ ফটো তোলক।
    .remark = ফটোত হয়তো আন এখন ফিল্মও আছে: সঠিক ফিল্মখন পঢ়া হৈছেনে চাওক।
issue-lungs_not_seen = ফিল্মখনত দুয়োটা হাওঁফাওঁ চিনিব পৰা নাই।
    .next = এইখন বুকুৰ ফিল্ম হয়নে আৰু হাওঁফাওঁ কিহবাই ঢাকি ৰখা নাইনে চাওক, তাৰ পিছত আকৌ ফটো তোলক।
    .remark = দুয়োটা হাওঁফাওঁ চিনিবলৈ টান।
issue-lungs_cut_off = হাওঁফাওঁ ফিল্মৰ কাষলৈকে আছে: তাৰ এটা অংশ বাদ পৰি থাকিব পাৰে।
    .next = ফিল্মখন নিজে চাওক। যদি তাতো হাওঁফাওঁ কটা গৈছে, তেন্তে এক্স-ৰে আকৌ কৰিব লাগে নে নালাগে চিকিৎসকক সোধক; আন এখন ফটোৱে সহায় নকৰে।
    .remark = হাওঁফাওঁ ফিল্মৰ কাষলৈকে আছে: তাৰ এটা অংশ বাদ পৰি থাকিব পাৰে। যদি ফিল্মখনতো কটা গৈছে, তেন্তে কেৱল নতুন এক্স-ৰেহে কামত আহিব।
issue-film_overexposed = ফিল্মখন নিজেই বৰ ক’লা: হাওঁফাওঁত কোনো খুঁটিনাটি দেখা নাযায়।
    .next = কম এক্সপ’জাৰেৰে এক্স-ৰে আকৌ কৰিব লাগে নে নালাগে চিকিৎসকক সোধক; আন এখন ফটোৱে সহায় নকৰে।
    .remark = ফিল্মখন নিজেই বৰ ক’লা: হাওঁফাওঁত খুঁটিনাটি কমকৈ দেখা যায়। আন এখন ফটোৱে সহায় নকৰে; কম এক্সপ’জাৰৰ নতুন এক্স-ৰেয়ে সহায় কৰিব পাৰে।
issue-film_underexposed = ফিল্মখন নিজেই বৰ বগা: বুকুৰ মাজভাগত কোনো খুঁটিনাটি দেখা নাযায়।
    .next = বেছি এক্সপ’জাৰেৰে এক্স-ৰে আকৌ কৰিব লাগে নে নালাগে চিকিৎসকক সোধক; আন এখন ফটোৱে সহায় নকৰে।
    .remark = ফিল্মখন নিজেই বৰ বগা: বুকুৰ মাজভাগত খুঁটিনাটি কমকৈ দেখা যায়। আন এখন ফটোৱে সহায় নকৰে; বেছি এক্সপ’জাৰৰ নতুন এক্স-ৰেয়ে সহায় কৰিব পাৰে।
issue-patient_turned = হাওঁফাওঁ দুটা সমান বহল নহয়: এক্স-ৰে কৰোঁতে ৰোগী হয়তো ঘূৰি আছিল।
    .next = দুয়োখন কান্ধ সমান দূৰত্বত ৰাখি এক্স-ৰে আকৌ কৰিব লাগে নে নালাগে চিকিৎসকক সোধক; আন এখন ফটোৱে সহায় নকৰে।
    .remark = হাওঁফাওঁ দুটা সমান বহল নহয়: এক্স-ৰে কৰোঁতে ৰোগী হয়তো ঘূৰি আছিল, বা এটা হাওঁফাওঁ সৰু।
issue-no_film = ফটোত কোনো ফিল্ম পোৱা নগ’ল।
    .next = ফিল্মখন লাইট বক্সত থওক আৰু চাৰিওটা চুক থকাকৈ ফটো তোলক।
    .remark = ফিল্মৰ কাষবোৰ বিচাৰি উলিওৱা টান আছিল: কিবা কটা গৈছে নেকি চাওক।
issue-unreadable = ফটোৰ ফাইলটো বেয়া হৈছে আৰু খুলিব নোৱাৰি।
    .next = ফোনৰ কেমেৰাৰে নতুন ফটো তোলক।
    .remark = ফটোৰ ফাইলটোৰ এটা অংশ বেয়া হৈছিল: এক্স-ৰে ছবিখনৰ কোনো অংশ হেৰাইছে নেকি চাওক।

## Report draft

draft-preamble = Fieldray-এ বুকুৰ ফিল্মৰ ফটোৰ পৰা এই খচৰা লিখিছে। ইয়াত ফাইণ্ডিংবোৰৰ স্ক’ৰ আছে, ৰোগীৰ বিষয়ে সিদ্ধান্ত নহয়।
draft-scored = { $finding }: স্ক’ৰ { $score } (সীমা { $threshold }), { $call }।
draft-scored-region = { $finding }: স্ক’ৰ { $score } (সীমা { $threshold }), { $call }; আটাইতকৈ বেছি দেখা ঠাই: { $region }।
draft-hint = ইংগিত (দুৰ্বল প্ৰমাণ): { $finding }: স্ক’ৰ { $score } (সীমা { $threshold }), { $call }।
draft-hint-region = ইংগিত (দুৰ্বল প্ৰমাণ): { $finding }: স্ক’ৰ { $score } (সীমা { $threshold }), { $call }; আটাইতকৈ বেছি দেখা ঠাই: { $region }।
draft-region-side = { $zone } এক-তৃতীয়াংশ, ৰোগীৰ { $side } ফাল
draft-region-central = { $zone } এক-তৃতীয়াংশ, মাজভাগৰ ওচৰত
draft-nothing-above = মূল্যায়ন কৰা কোনো ফাইণ্ডিং নিজৰ সীমাত বা সীমাৰ ওচৰত নাই।
draft-nothing-assessed = এই ফিল্মত কোনো ফাইণ্ডিঙৰ মূল্যায়ন কৰা হোৱা নাই।
draft-mirrored = ফিল্মখন পিছফালৰ পৰা দেখা বুলি ধৰি বক্সটোৱে তাক সোঁ-বাওঁকৈ ওলোটাইছে: ছাইড মাৰ্কাৰটো চাওক।
draft-mirror-doubtful = ফিল্মখন পিছফালৰ পৰা দেখা নেকি, বক্সটো নিশ্চিত নহয়: ছাইড মাৰ্কাৰটো চাওক।
draft-age-doubtful = ফিল্মখন সৰু ল’ৰা-ছোৱালীৰ যেন লাগে, কিন্তু ৰোগীৰ পঞ্জীয়ন কৰা বয়স তাতকৈ বেছি: এইখন এই ৰোগীৰ ফিল্ম হয়নে চাওক।
draft-looks-the-same-this = ফিল্মখন এই ৰোগীৰে পৰীক্ষা { $number }ৰ ফিল্মখনৰ দৰেই দেখায়, আৰু একেখন হয় নে নহয় এতিয়ালৈ কোনেও জনোৱা নাই।
draft-looks-the-same-another = এইখন কাৰ ফিল্ম চাওক: এইখন পৰীক্ষা { $number }ৰ ফিল্মখনৰ দৰেই দেখায়; সেই পৰীক্ষাটো আন এজন ৰোগীৰ নামত পঞ্জীয়ন কৰা আছে।
draft-same-film-another = এইখন কাৰ ফিল্ম চাওক: একেখন ফিল্ম পৰীক্ষা { $number }তো আছে; সেই পৰীক্ষাটো আন এজন ৰোগীৰ নামত পঞ্জীয়ন কৰা আছে।
draft-remark = মন্তব্য: { $remark }
draft-not-assessed = মূল্যায়ন কৰা হোৱা নাই: { $findings }। { $reason }
draft-lung-share = অপাচিটি থকা হাওঁফাওঁ: দুয়োটা হাওঁফাওঁৰ { $both } % (এই ফিল্মৰ আন এখন ফটোত { $low }ৰ পৰা { $high } % আহিব পাৰে); সোঁ হাওঁফাওঁ { $right } %, বাওঁ হাওঁফাওঁ { $left } %।
draft-lung-share-region = অপাচিটি থকা হাওঁফাওঁ: দুয়োটা হাওঁফাওঁৰ { $both } % (এই ফিল্মৰ আন এখন ফটোত { $low }ৰ পৰা { $high } % আহিব পাৰে); সোঁ হাওঁফাওঁ { $right } %, বাওঁ হাওঁফাওঁ { $left } %; আটাইতকৈ বেছি: { $region }।
draft-lung-share-none = মূল্যায়ন কৰা হোৱা নাই: হাওঁফাওঁৰ আক্ৰান্ত অংশ। এই ৰিডিঙত হাওঁফাওঁৰ সীমাৰেখা অঁকা হোৱা নাই।
draft-model = স্ক’ৰ উলিয়াইছে: মডেল { $model }, { $backend }-ত।
draft-decision = চিকিৎসকে ফিল্মখন চাই সিদ্ধান্ত লয়।

## Earlier films

priors-title = এই ৰোগীৰ আগৰ ফিল্ম
priors-help = দুয়োখন ফিল্ম কাষে কাষে চাবলৈ এখন খোলক।
prior-link = পৰীক্ষা { $number }, { $time }
compare-title = তেতিয়া আৰু এতিয়া
compare-back = পৰীক্ষাটোলৈ উভতি যাওক
compare-newer = এতিয়া: পৰীক্ষা { $number }
compare-earlier = আগতে: পৰীক্ষা { $number }
compare-names-differ = এই দুটা পৰীক্ষাৰ নাম বেলেগ। দুয়োখন ফিল্ম একেজন মানুহৰ বুলি নিশ্চিত হৈ লওক।
compare-change-more = আগতকৈ হাওঁফাওঁৰ বেছি অংশ আক্ৰান্ত।
compare-change-less = আগতকৈ হাওঁফাওঁৰ কম অংশ আক্ৰান্ত।
compare-change-not-reliable = নিৰ্ভৰযোগ্য কোনো পৰিৱৰ্তন নাই।
compare-change-none = তুলনা কৰিব নোৱাৰি: দুয়োখন ফিল্মত হাওঁফাওঁৰ সীমাৰেখা একেটা নেটৱৰ্কে অঁকা নাই।
compare-change-help = একেখন ফিল্মৰ আন এখন ফটোৱে যিমান পাৰ্থক্য আনিব পাৰে, তাতকৈ ডাঙৰ হ’লেহে পৰিৱৰ্তন বুলি ধৰা হয়। চিকিৎসকে দুয়োখন ফিল্ম চাই সিদ্ধান্ত লয়।
compare-shares = অপাচিটি থকা হাওঁফাওঁৰ অংশ: আগতে { $before } %, এতিয়া { $after } %। একেখন ফিল্মৰ দুখন ফটোৰ মাজত { $error } পইণ্টৰ পাৰ্থক্য থাকিব পাৰে।
compare-films = দুয়োখন ফিল্ম
compare-slide = বাওঁফালে: এতিয়াৰ ফিল্ম। সোঁফালে: আগৰ ফিল্ম। মাজৰ ৰেখাডাল লৰাওক।
compare-registered = আগৰ ফিল্মখন লৰাই আৰু টানি লোৱা হৈছে যাতে তাৰ হাওঁফাওঁ নতুন ফিল্মৰ হাওঁফাওঁৰ ওপৰত পৰে। তাৰ আকৃতি জুখিব নালাগে।
compare-unregistered = দুয়োখন ফিল্মত হাওঁফাওঁৰ সীমাৰেখা অঁকা হোৱা নাই, সেয়েহে আগৰ ফিল্মখন যেনেকৈ আছে তেনেকৈয়ে দেখুওৱা হৈছে।
compare-calls = মডেলে তেতিয়া আৰু এতিয়া কি ক’লে
compare-calls-help = কেৱল সেই ফাইণ্ডিংবোৰ, যিবোৰৰ স্ক’ৰ দুয়োটা পৰীক্ষাতে উলিওৱা হৈছে। স্ক’ৰবোৰ তুলনা কৰা নহয়: এই ৰোগীৰ দুখন ফটোৰ মাজত সেইবোৰৰ কিমান পাৰ্থক্য হয়, জনা নাই।
compare-call-same = দুয়োবাৰে { $call }।
compare-call = আগতে: { $earlier }। এতিয়া: { $newer }।
## Report: writing and signing

report-edit-title = ৰিপৰ্ট
report-amend-title = ৰিপৰ্ট সংশোধন কৰক
report-write = ৰিপৰ্ট লিখক
report-read = স্বাক্ষৰ কৰা ৰিপৰ্ট পঢ়ক
report-saved = বক্সটোত ছেভ কৰা হৈছে: { $name }, { $time }। এতিয়াও স্বাক্ষৰ হোৱা নাই।
report-saved-note = বক্সটোত ছেভ কৰা হৈছে। এতিয়াও স্বাক্ষৰ হোৱা নাই।
report-new-reading = এইটো ছেভ কৰাৰ পিছত ৰিডিং সলনি হৈছে। ফাইণ্ডিংবোৰৰ বিষয়ে আকৌ সিদ্ধান্ত লওক।
report-findings-title = ফাইণ্ডিং
report-findings-help = প্ৰতিটো ফাইণ্ডিঙৰ কাষত বক্সটোৱে কি ক’লে লিখা আছে। আপুনি ফিল্মখনত কি দেখিছে?
report-must = বক্সটোৱে এইটো আঙুলিয়াই দিছে: স্বাক্ষৰ কৰাৰ আগতে সিদ্ধান্ত লওক।
report-hints-title = দুৰ্বল প্ৰমাণৰ ইংগিত
report-add-title = ফাইণ্ডিং যোগ কৰক
report-add-help = বক্সটোৱে স্ক’ৰ নিদিয়া ফাইণ্ডিং। ফিল্মখনত যি দেখে তাত টিক দিয়ক।
report-conclusion = উপসংহাৰ (ইম্প্ৰেছন)
report-conclusion-help = বক্সটোৱে আৰম্ভ কৰি দিছে। ফিল্মখনত কি দেখা যায় লিখক।
report-recommendation = পৰামৰ্শ
report-more-words = প্ৰয়োজন হ’লে আৰু লিখক
report-no-template = ইয়াৰে এটাও নহয়
report-score = স্ক’ৰ { $score }, সীমা { $threshold }
report-not-assessed = মূল্যায়ন কৰা হোৱা নাই
report-sign-title = স্বাক্ষৰ
report-sign-help = ৰিপৰ্টৰ তলত আপোনাৰ নাম থাকিব। তাৰ পিছত চিন নথকাকৈ কোনেও ইয়াক সলনি কৰিব নোৱাৰে।
report-pin = আপোনাৰ পিন বা পাছৱৰ্ড আকৌ এবাৰ
report-sign = ৰিপৰ্টত স্বাক্ষৰ কৰক
report-sign-amended = সলনি কৰা ৰিপৰ্টত স্বাক্ষৰ কৰক
report-save = ছেভ কৰক, পিছত স্বাক্ষৰ কৰিব
report-next = পৰৱৰ্তী
report-previous = আগৰ
report-place = স্বাক্ষৰ কৰিবলগীয়া { $count }টাৰ ভিতৰত { $place } নং
report-reason = ৰিপৰ্টটো কিয় সলনি কৰা হৈছে?
report-reason-help = ৰিপৰ্টটো পঢ়া সকলোৱে এই বাক্যটো দেখিব।
report-undecided = স্বাক্ষৰ কৰাৰ আগতে “{ $finding }”ৰ বিষয়ে সিদ্ধান্ত লওক।
report-no-conclusion = স্বাক্ষৰ কৰাৰ আগতে উপসংহাৰ লিখক।
field-text-long = সৰ্বাধিক { $most }টা আখৰ, আৰু কোনো কণ্ট্ৰ’ল আখৰ নচলিব।
opinion-seen = দেখা যায়
opinion-not_seen = দেখা নাযায়
opinion-undecided = সিদ্ধান্ত হোৱা নাই
decision-not_commented = মন্তব্য কৰা হোৱা নাই
decision-accepted = দেখা যায়
decision-rejected = দেখা নাযায়
decision-added = দেখা যায়, যোগ কৰা হৈছে
recommendation-clinical = ৰোগীৰ অসুবিধা আৰু শাৰীৰিক পৰীক্ষাৰ সৈতে মিলাই চাওক।
recommendation-sputum = যক্ষ্মাৰ (টিবি) বাবে কফ পৰীক্ষা কৰক (Xpert বা স্মিয়েৰ)।
recommendation-repeat = এক্স-ৰে আকৌ কৰক।
recommendation-again = 4ৰ পৰা 6 সপ্তাহৰ পিছত বুকুৰ এক্স-ৰে আকৌ কৰক।
recommendation-ct = বুকুৰ CT।
recommendation-refer = হাস্পতাললৈ ৰেফাৰ কৰক।
not-assessed-heart-ratio = কাৰ্ডিঅ’থ’ৰাচিক অনুপাত
not-assessed-heart-ratio-reason = এই বক্সটোৱে হৃদযন্ত্ৰৰ জোখ নলয়।

## Report: signed

report-signed-title = স্বাক্ষৰ কৰা ৰিপৰ্ট
report-signed-by = স্বাক্ষৰ: { $name }, { $time }
report-version = সংস্কৰণ { $version }
report-reason-line = কাৰণ: { $reason }
report-older = এইটো এটা পুৰণি সংস্কৰণ।
report-newest = আটাইতকৈ নতুন সংস্কৰণটো দেখুৱাওক
report-box-said = বক্স
report-physician-said = চিকিৎসক
report-pdf = প্ৰিণ্ট কৰক (PDF)
report-letter = ৰেফাৰেল চিঠি
report-amend = ৰিপৰ্ট সংশোধন কৰক
report-versions-title = সংস্কৰণ
report-versions-help = প্ৰতিটো সংস্কৰণ তাৰ আগৰটোৰ সৈতে একেলগে ছীল কৰা। কিবা সলনি কৰিলে ধৰা পৰিব।
report-hash = ছীল
report-none-written = একো লিখা হোৱা নাই।
report-no-remarks = নাই।
how-singly = বেলেগকৈ পঢ়া
how-audit_sample = বেলেগকৈ পঢ়া, ৰেণ্ডমভাৱে বাছি লোৱা
how-batch = আন ৰিপৰ্টৰ সৈতে একেলগে স্বাক্ষৰ কৰা

## Review

review-title = স্বাক্ষৰ কৰিবলগীয়া ৰিপৰ্ট
review-none = কোনো ৰিপৰ্ট স্বাক্ষৰৰ অপেক্ষাত নাই।
review-count = { $count ->
        [one] { $count }টা ৰিপৰ্ট অপেক্ষাত আছে
       *[other] { $count }টা ৰিপৰ্ট অপেক্ষাত আছে
    }
review-start = এটা এটাকৈ পঢ়ক
review-batch-title = সীমাৰ ওচৰত কোনো ফাইণ্ডিং নথকা ফিল্ম
review-batch-help = সকলোৰে মূল্যায়ন কৰা হৈছে, একোৱেই নিজৰ সীমাত বা সীমাৰ ওচৰত নাই, আৰু ফটোৰ বিষয়ে কোনো মন্তব্য নাই। আপুনি এই ফিল্মবোৰ একেলগে চাই এবাৰতে স্বাক্ষৰ কৰিব পাৰে। ইয়াৰে কেইখনমান ৰেণ্ডমভাৱে বাছি লোৱা হয় আৰু সেইবোৰ আগতে এখন এখনকৈ পঢ়া হয়।
review-batch-draw = { $count ->
        [one] { $count }খন ফিল্ম চাওক
       *[other] { $count }খন ফিল্ম চাওক
    }
review-batch-open = { $count }খন ফিল্মৰ গোটটোৰ কাম আগবঢ়াওক
review-list-title = জৰুৰী মাত্ৰা অনুসৰি
review-more = কেৱল প্ৰথম { $count }টা দেখুওৱা হৈছে। কেইটামানত স্বাক্ষৰ কৰক, তাৰ পিছত আকৌ চাওক।
review-no-urgency = জৰুৰী মাত্ৰা দিয়া হোৱা নাই
batch-title = একেলগে স্বাক্ষৰ কৰিবলগীয়া ফিল্ম
batch-sample-title = প্ৰথমে: ৰেণ্ডমভাৱে বাছি লোৱা, এখন এখনকৈ পঢ়ক
batch-sample-help = বক্সটোৱে একো কোৱা নাই বুলি ধৰি এই ফিল্মবোৰ এজন মানুহে চায়। স্ক’ৰবোৰ ভুল হ’বলৈ ধৰিলে ইয়াৰ পৰা জনা যায়।
batch-sample-saw = বাছি লোৱা ফিল্মৰ এখনত আপুনি কিবা দেখিছে, অথচ বক্সটোৱে একো দেখা নাছিল। বাকীবোৰো এখন এখনকৈ পঢ়ক।
batch-sample-open = এই ফিল্মখন পঢ়ক
batch-sample-done = স্বাক্ষৰ কৰা হ’ল
batch-films-title = { $count ->
        [one] { $count }খন ফিল্ম
       *[other] { $count }খন ফিল্ম
    }
batch-films-help = প্ৰতিখন ফিল্ম চাওক: ডাঙৰকৈ চাবলৈ তাত টিপক। যিখন ফিল্ম বেলেগকৈ পঢ়িব খোজে তাৰ টিক আঁতৰাওক।
batch-include = এইখনত স্বাক্ষৰ কৰক
batch-left = এই গোটত এতিয়া নাই: ইয়াত কিবা সলনি হৈছে। ইয়াক বেলেগকৈ পঢ়ক।
batch-confirm = মই ইয়াৰে প্ৰতিখন ফিল্ম চাইছোঁ।
batch-sign = { $count ->
        [one] { $count }টা ৰিপৰ্টত স্বাক্ষৰ কৰক
       *[other] { $count }টা ৰিপৰ্টত স্বাক্ষৰ কৰক
    }
batch-wait = ৰেণ্ডমভাৱে বাছি লোৱা ফিল্মবোৰ আগতে পঢ়ক।
batch-done = { $count ->
        [one] { $count }টা ৰিপৰ্টত স্বাক্ষৰ কৰা হ’ল।
       *[other] { $count }টা ৰিপৰ্টত স্বাক্ষৰ কৰা হ’ল।
    }
batch-hints = সীমাৰ ওপৰত থকা ইংগিত: { $findings }
batch-alt = পৰীক্ষা { $number }ৰ ফিল্ম

## Printed pages

print-title = বুকুৰ ফিল্মৰ ৰিপৰ্ট
print-patient = ৰোগী
print-id = ক্লিনিক নম্বৰ
print-registered = পঞ্জীয়ন
age-title-short = লিংগ, বয়স
print-study = পৰীক্ষা
print-finding = ফাইণ্ডিং
print-page = পৃষ্ঠা
print-hints-note = h: দুৰ্বল প্ৰমাণৰ ইংগিত
print-assist = স্ক’ৰবোৰ Fieldray-এ দিয়ে আৰু সিদ্ধান্ত লোৱা ব্যক্তিক সহায় কৰে। সেইবোৰ ৰোগীৰ বিষয়ে লোৱা সিদ্ধান্ত নহয়।
print-film-note = লাইট বক্সত থোৱা ফিল্মৰ ফটো, তোলা সময় { $time }। জোখ ল’বৰ বাবে নহয়।
letter-title = ৰেফাৰেল চিঠি
letter-to = কালৈ (হাস্পতাল, বিভাগ)
letter-reason = ৰেফাৰ কৰাৰ কাৰণ
letter-question = তেওঁলোকৰ পৰা কি বিচৰা হৈছে (নিলিখিলেও হ’ব)
letter-help = স্বাক্ষৰ কৰা ৰিপৰ্টৰ পৰা চিঠিখন প্ৰিণ্ট হয়। ইয়াক বক্সটোত ৰখা নহয়: প্ৰিণ্ট কৰক বা ছেভ কৰক।
letter-make = চিঠিখন তৈয়াৰ কৰক (PDF)
letter-to-label = প্ৰতি
letter-reason-label = কাৰণ
letter-question-label = আমি কি বিচাৰোঁ
letter-opening = আমি এই ৰোগীক আপোনালোকলৈ ৰেফাৰ কৰিছোঁ। বুকুৰ ফিল্মখন পঢ়া হৈছে { $time }ত।
letter-field = 1ৰ পৰা { $most }টা আখৰ লিখক।

## Operators

operators-title = ব্যৱহাৰকাৰী
operators-list = এই বক্সটোৰে কোনে কাম কৰে
operators-add = ব্যৱহাৰকাৰী যোগ কৰক
operators-name = নাম
operators-role = কি কৰিব পাৰে
operators-submit = ব্যৱহাৰকাৰী যোগ কৰক
operators-added = { $name } যোগ কৰা হ’ল। পিনটো সেই ব্যক্তিজনক কওক; তেওঁ প্ৰথম লগ ইনত আন এটা বাছে।

## About

about-title = এই বক্সৰ বিষয়ে
about-is = Fieldray-এ বুকুৰ এক্স-ৰে ফিল্মৰ ফটো পঢ়ে, ফিল্মখন সোজা কৰি লয় আৰু ফাইণ্ডিংবোৰৰ স্ক’ৰ দিয়ে। ই সিদ্ধান্ত লোৱা ব্যক্তিক সহায় কৰে।
about-not-title = ই কি নহয়
about-not-1 = ই ৰোগ নিৰ্ণয় নকৰে। চিকিৎসকে ফিল্মখন চাই সিদ্ধান্ত লয়।
about-not-2 = কোনো কৰ্তৃপক্ষই ইয়াক চিকিৎসা সঁজুলি হিচাপে অনুমোদন দিয়া নাই।
about-not-3 = সীমাৰ তলৰ স্ক’ৰৰ পৰা বেমাৰ নাই বুলি ক’ব নোৱাৰি। স্ক’ৰ নাথাকিলে তাৰ পৰা একোৱেই ক’ব নোৱাৰি।
about-not-4 = ই কেৱল সন্মুখৰ পৰা তোলা বুকুৰ ফিল্ম পঢ়ে। “মূল্যায়ন কৰা হোৱা নাই” বুলি লিখা ফাইণ্ডিংবোৰ বিচৰা নহয়।
about-models-title = এই বক্সৰ মডেল
about-models-none = কোনো মডেল ল’ড কৰা নাই: ফটো ৰখা হয়, কিন্তু পঢ়া নহয়।
about-model = { $id } { $version }
about-model-digest = SHA-256 { $digest }
about-version = সংস্কৰণ { $version }
about-backend = গণনা: { $backend }
about-backend-none = এতিয়া এই বক্সত কোনো মডেল চলিব নোৱাৰে: ফটো ৰখা হয়, কিন্তু পঢ়া নহয়।
about-help-title = সহায় লাগিলে
about-help = পৃষ্ঠাত থকা ক’ডটো (FR-…) আৰু ওপৰৰ সংস্কৰণটো কওক। ৰোগীৰ নাম নালাগে।

## Help

help-title = সহায়
help-photo-title = তিনিটা পদক্ষেপত ভাল ফটো
help-photo-1 = 1. ফিল্মখন লাইট বক্সত সোজাকৈ থওক।
help-photo-1-how = কান্ধ ওপৰফালে; ছাইড মাৰ্কাৰ (L বা R) পোনকৈ পঢ়িব পৰা যায়। কেৱল এখন ফিল্ম। লাইট বক্স জ্বলোৱা, কোঠাৰ লাইট নুমুওৱা।
help-photo-2 = 2. ফোনটো ফিল্মৰ সন্মুখত পোনকৈ ধৰক।
help-photo-2-how = দুয়োখন হাতেৰে ধৰক, ফোনটো ফিল্মৰ সমান্তৰাল আৰু তাৰ মাজভাগৰ সন্মুখত থাকক। ফিল্মখন স্পষ্ট নোহোৱালৈকে ৰওক।
help-photo-3 = 3. গোটেই ফিল্মখন থকাকৈ ফটো তোলক।
help-photo-3-how = চাৰিওটা চুক ফটোত আছে, আৰু ফিল্মখনে ফটোৰ বেছিভাগ ঠাই জুৰি আছে।
help-bad-title = ফটো এনেকুৱা দেখালে আকৌ তোলক
help-bad-glare = উজ্জ্বল দাগ: লেম্প বা খিৰিকীৰ পোহৰ ফিল্মত প্ৰতিফলিত হৈছে।
help-bad-cut = কটা: ফিল্মৰ এটা চুক বা কাষ নাই।
help-bad-tilt = হেলনীয়া: ফোনটো ফিল্মৰ সমান্তৰালকৈ ধৰা নাছিল।
help-score-title = স্ক’ৰৰ অৰ্থ কি
help-score-is = 0ৰ পৰা 1লৈ থকা স্ক’ৰে কয়, মডেলে এই ফিল্মত এটা ফাইণ্ডিঙৰ চিন কিমান স্পষ্টকৈ দেখিছে।
help-score-not = স্ক’ৰ ৰোগীৰ বিষয়ে লোৱা সিদ্ধান্ত নহয়, আৰু ৰোগী কিমান বেমাৰী সেয়াও ই নকয়।
help-score-above = সীমাৰ ওপৰত: পৃষ্ঠাত যিমান সোনকালে কোৱা আছে সিমান সোনকালে এই ফিল্মখন চিকিৎসকক দেখুৱাওক।
help-score-below = সীমাৰ তলত: মডেলে কম চিন দেখিছে। তথাপি ৰোগী বেমাৰী হ’ব পাৰে। ৰোগীক বেমাৰী যেন লাগিলে অপেক্ষা নকৰিব।
help-score-undecided = সীমাৰ ইমান ওচৰত যে ক’ব নোৱাৰি: ফাইণ্ডিংটো অনিশ্চিত। চিকিৎসকে ফিল্মখন চাব লাগিব।
help-not-assessed-title = “মূল্যায়ন কৰা হোৱা নাই” মানে কি
help-not-assessed = এই ফাইণ্ডিংটোৰ বিষয়ে বক্সটোৱে একো নকয়: তাৰ মডেলে ইয়াক নিবিচাৰে, বা এই ৰোগীৰ বয়সৰ বাবে মডেলটো পৰীক্ষা কৰা হোৱা নাই। ইয়াৰ অৰ্থ ফাইণ্ডিংটো নাই বুলি নহয়।
help-no-reading = কোনো স্ক’ৰেই নাই মানে: ফিল্মখন পঢ়া হোৱা নাই। ইয়াৰ অৰ্থ কেতিয়াও সকলো ঠিকে আছে বুলি নহয়।
help-call-title = কাক মাতিব
help-call-patient = ৰোগী বৰ বেমাৰী হ’লে লগে লগে চিকিৎসকক মাতক। বক্সটোলৈ অপেক্ষা নকৰিব।
help-call-contact = বক্সটোৱে কাম নকৰিলে ফোন কৰক: { $contact }
help-call-nobody = বক্সটোৱে কাম নকৰিলে এই বক্সৰ প্ৰশাসকক জনাওক।
help-call-code = পৃষ্ঠাত থকা ক’ডটো (FR-…) আৰু “তথ্য”ত থকা সংস্কৰণটো কওক। ৰোগীৰ নাম নালাগে।

## Texts used by the script

js-live-starting = কেমেৰা খোলা হৈ আছে
js-live-find = গোটেই ফিল্মখন ছবিৰ ভিতৰলৈ আনক।
js-live-good = ভাল। ফটোখন তোলক।
js-live-taking = নলৰাকৈ ধৰি থাকক
js-live-refused = ইয়াত কেমেৰা ব্যৱহাৰ কৰিব নোৱাৰি। এইটো বন্ধ কৰি “ফটো তোলক” টিপক।
js-waiting = অপেক্ষাত
js-looking = ফটোখন পৰীক্ষা কৰা হৈ আছে
js-asked = এতিয়াও পঠিওৱা হোৱা নাই
js-take-again = আকৌ তোলক
js-send-anyway = তথাপি পঠিয়াওক
js-thumbnail = তোলা ফটোখন
js-checking = সাজু কৰা হৈ আছে
js-sending = পঠিওৱা হৈ আছে
js-stored = বক্সটোত সুৰক্ষিত
js-known = বক্সটোত আগৰে পৰা আছে
js-retrying = সংযোগ নাই। নিজে নিজে আকৌ চেষ্টা কৰি আছে। এই পৃষ্ঠাটো খোলা ৰাখক।
js-failed = ফটোখন এতিয়াও বক্সটোলৈ গৈ পোৱা নাই।
js-retry = পুনৰ চেষ্টা কৰক
js-remove = আঁতৰাওক
js-leave = এখন ফটো এতিয়াও পঠিওৱা হৈ আছে।
js-photo = ফটো
js-offline = বক্সটোৰ সৈতে সংযোগ নাই। এই পৃষ্ঠাটো পুৰণি হ’ব পাৰে।
js-too-large = ফটোৰ ফাইলটো বক্সটোৱে ল’ব পৰাতকৈ ডাঙৰ।
js-too-large-next = সৰু ফটো এখন বাছক, বা কেমেৰাৰ ৰিজ’লিউচন কমাওক।

## Faults

fault-FR-101 = ফটোৰ ফাইলটো খালী।
    .next = ফটোখন আকৌ তুলি পঠিয়াওক।
fault-FR-102 = ফটোৰ ফাইলটো আধৰুৱা: তাৰ এটা অংশ নাই।
    .next = ফটোখন আকৌ পঠিয়াওক, বা নতুনকৈ তোলক।
fault-FR-103 = এইটো বক্সটোৱে পঢ়িব পৰা ফটোৰ ফাইল নহয়।
    .next = ফোনৰ কেমেৰাৰে তোলা ফটো (JPEG, PNG বা WebP) পঠিয়াওক।
fault-FR-104 = এই ফটোখন iPhone-ৰ HEIC ফৰ্মেটত আছে, যিটো বক্সটোৱে পঢ়িব নোৱাৰে।
    .next = iPhone-ত Settings → Camera → Formats খোলক, “Most Compatible” বাছক, আৰু ফটোখন আকৌ তোলক।
fault-FR-105 = ফটোৰ ফাইলটো বক্সটোৱে ল’ব পৰাতকৈ ডাঙৰ।
    .next = সৰু ফটো এখন বাছক, বা কেমেৰাৰ ৰিজ’লিউচন কমাওক, আৰু আকৌ পঠিয়াওক।
fault-FR-106 = ফটোখনত বক্সটোৱে ল’ব পৰাতকৈ বেছি পিক্সেল আছে।
    .next = কেমেৰাৰ ৰিজ’লিউচন কমাওক আৰু ফটোখন আকৌ তোলক।
fault-FR-107 = ফটোখনত ফিল্ম পঢ়িবলৈ পিক্সেল বৰ কম।
    .next = ফোনৰ কেমেৰাৰে নতুন ফটো তোলক; প্ৰিভিউ, স্ক্ৰীণশ্বট বা চেটত পোৱা ফটো ব্যৱহাৰ নকৰিব।
fault-FR-108 = ফাইলটো এনিমেটেড: ইয়াত এখনতকৈ বেছি ফটো আছে।
    .next = ফিল্মখনৰ এখন মাত্ৰ ফটো তুলি পঠিয়াওক।
fault-FR-109 = ফটোখন ছপাৰ ৰঙত (CMYK) ৰখা আছে।
    .next = ফোনৰ কেমেৰাৰে ফটো তোলক, বা ফাইলটো RGB বা ধূসৰ JPEG হিচাপে ছেভ কৰক।
fault-FR-110 = ফটোখনত প্ৰতিটো ৰঙৰ বাবে 16 বিট আছে, যিটো বক্সটোৱে নপঢ়ে।
    .next = ফাইলটো প্ৰতিটো ৰঙৰ বাবে 8 বিটেৰে ছেভ কৰক, বা ফোনৰ কেমেৰাৰে ফটো তোলক।
fault-FR-111 = ফাইলটোৱে নিজকে হ’ব পৰাতকৈ বহু ডাঙৰ বুলি দেখুৱায়।
    .next = ফোনৰ কেমেৰাৰে নতুন ফটো তুলি পঠিয়াওক।
fault-FR-112 = বক্সটোলৈ আহোঁতে বাটতে ফটোখন বেয়া হ’ল।
    .next = ফটোখন আকৌ পঠিয়াওক।
fault-FR-113 = ফটোৰ ফাইলটো বেয়া হৈছে আৰু খুলিব নোৱাৰি।
    .next = নতুন ফটো এখন তুলি পঠিয়াওক।
fault-FR-114 = গোটেই ফটোখন পোৱাৰ আগতেই সংযোগ বিচ্ছিন্ন হ’ল।
    .next = বক্সটোৰ ওচৰলৈ যাওক আৰু ফটোখন আকৌ পঠিয়াওক।
fault-FR-115 = কোনো ফটো পঠিওৱা হোৱা নাই।
    .next = প্ৰথমে এখন ফটো বাছক, তাৰ পিছত “ফটোখন পঠিয়াওক” টিপক।
fault-FR-116 = একেখন ফটো আগৰে পৰা আন এটা পৰীক্ষাত আছে।
    .next = আপুনি সঠিক ৰোগীৰ পৰীক্ষাত আছেনে চাওক, তাৰ পিছত এই ৰোগীৰ ফিল্মৰ নতুন ফটো তোলক।
fault-FR-117 = এই আপল’ডটো আগতেই আন এখন ফটোৰ বাবে ব্যৱহাৰ হৈছে।
    .next = পৰীক্ষাটোৰ পৃষ্ঠা আকৌ খোলক আৰু তাৰ পৰাই ফটোখন পঠিয়াওক।
fault-FR-118 = এই পৰীক্ষাত বক্সটোৱে যিমান ফটো ল’ব পাৰে, সিমান ফটো আছেই।
    .next = তালিকাৰ যিকোনো এখন ফটো ব্যৱহাৰ কৰক, বা ফিল্মখন ৰোগীৰ নতুন ভিজিট হিচাপে আকৌ পঞ্জীয়ন কৰক।
fault-FR-119 = বহুত বেছি ফটো পঢ়িবলৈ অপেক্ষাত আছে।
    .next = কেইমিনিটমান ৰওক, তাৰ পিছত ফটোখন আকৌ পঠিয়াওক।
fault-FR-201 = কোনো এটা ঘৰ খালী বা ভুল।
    .next = চিন দিয়া ঘৰবোৰ ঠিক কৰক আৰু ফৰ্মখন আকৌ পঠিয়াওক।
fault-FR-202 = বক্সটোৱে ফৰ্মখন পঢ়িব নোৱাৰিলে।
    .next = উভতি যাওক, পৃষ্ঠাটো আকৌ খোলক আৰু ফৰ্মখন আকৌ পঠিয়াওক।
fault-FR-203 = এই চুককেইটা এখন ফিল্মৰ হ’ব নোৱাৰে।
    .next = ফিল্মৰ প্ৰতিটো চুকত এটা চিন থওক, যাতে কোনো ৰেখাই আন ৰেখাক নাকাটে, আৰু আকৌ পঠিয়াওক।
fault-FR-301 = নাম অথবা পিন বা পাছৱৰ্ড ভুল।
    .next = আপোনাৰ নামটো চাওক আৰু আকৌ লিখক। প্ৰশাসকে আপোনাক নতুন এটা দিব পাৰে।
fault-FR-302 = বহুবাৰ ভুল দিয়া হৈছে।
    .next = দেখুওৱা সময়খিনি ৰওক, তাৰ পিছত পিন বা পাছৱৰ্ড আকৌ লিখক।
fault-FR-303 = আপুনি লগ ইন কৰা নাই।
    .next = লগ ইন কৰক, তাৰ পিছত আকৌ চেষ্টা কৰক।
fault-FR-304 = প্ৰথম লগ ইনৰ ক’ডটো ভুল।
    .next = বক্সটো আৰম্ভ হওঁতে নিজৰ কনছ’লত দেখুওৱা ক’ডটো লিখক।
fault-FR-305 = অনুৰোধটো এটা পুৰণি পৃষ্ঠাৰ পৰা বা আন এটা ঠিকনাৰ পৰা আহিছে।
    .next = কামৰ তালিকাখন আকৌ খোলক আৰু যি কৰিছিল সেয়া আকৌ কৰক।
fault-FR-306 = আপোনাৰ এইটো কৰাৰ অনুমতি নাই।
    .next = এই বক্সৰ প্ৰশাসকক সোধক।
fault-FR-307 = বক্সটো আগৰে পৰা সাজু কৰা আছে।
    .next = আপোনাৰ নাম আৰু পিনেৰে লগ ইন কৰক।
fault-FR-308 = এই নামটো আন এজন ব্যক্তিৰ আছে।
    .next = আন এটা নাম বা নামৰ আদ্যাক্ষৰ যোগ দিয়ক।
fault-FR-309 = ইয়াত কোনেও নিজৰ একাউণ্ট সলনি নকৰে।
    .next = আন এজন প্ৰশাসকক কওক।
fault-FR-310 = আপোনাৰ পিনটো আন কোনোবাই বনাইছিল, আৰু সেয়া কেৱল নতুন এটা বাছিবলৈহে চলে।
    .next = আপোনাৰ নিজৰ পিন বা পাছৱৰ্ড বাছক, তাৰ পিছত আগবাঢ়ক।
fault-FR-311 = এই ফোনটো কিছু সময় ব্যৱহাৰ হোৱা নাই আৰু লক হৈ আছে।
    .next = পৃষ্ঠাটো আকৌ ল’ড কৰক আৰু আপোনাৰ পিন বা পাছৱৰ্ড লিখক।
fault-FR-312 = এয়া আপোনাৰ এতিয়াৰ পিন বা পাছৱৰ্ডেই।
    .next = আন এটা বাছক।
fault-FR-401 = এই বক্সত তেনে কোনো পৰীক্ষা নাই।
    .next = কামৰ তালিকালৈ যাওক আৰু তাত পৰীক্ষাটো বাছক।
fault-FR-402 = এই বক্সত তেনে কোনো পৃষ্ঠা নাই।
    .next = কামৰ তালিকালৈ যাওক।
fault-FR-403 = এই পৰীক্ষাটো বন্ধ: স্বাক্ষৰ কৰা হৈছে বা বাতিল কৰা হৈছে।
    .next = নতুন ফিল্মৰ বাবে নতুন পৰীক্ষা পঞ্জীয়ন কৰক।
fault-FR-404 = ফটোখন এতিয়া পঢ়া হৈ আছে।
    .next = পঢ়া শেষ নোহোৱালৈকে ৰওক, তাৰ পিছত ঠিক কৰক।
fault-FR-405 = এই বক্সত তেনে কোনো ব্যক্তি নাই।
    .next = ব্যৱহাৰকাৰীৰ তালিকালৈ উভতি যাওক।
fault-FR-406 = এই ফিল্মৰ বাবে তেনে কোনো টেষ্ট নাই।
    .next = ফিল্মখনৰ “টেষ্ট আৰু পৰিণাম” আকৌ খোলক।
fault-FR-407 = তেনে কোনো এলাৰ্ট নাই।
    .next = এলাৰ্টৰ তালিকালৈ উভতি যাওক।
fault-FR-501 = প্ৰগ্ৰামৰ ভিতৰত এটা পদক্ষেপ বিফল হ’ল। ফটোখন সুৰক্ষিত আছে।
    .next = “পুনৰ চেষ্টা কৰক” টিপক; আকৌ বিফল হ’লে সহায়ক দলক ক’ডটো জনাওক।
fault-FR-502 = এই বক্সৰ মডেলটো নাই বা ছেল্ফ-টেষ্টত বিফল হৈছে। ফটোখন সুৰক্ষিত আছে।
    .next = সহায়ক দলক ক’ডটো জনাওক; বক্সটো ঠিক কৰাৰ পিছত “পুনৰ চেষ্টা কৰক” টিপক।
fault-FR-503 = ৰখা ফাইল এটা নাই বা বেয়া হৈছে।
    .next = ফিল্মখনৰ নতুন ফটো তোলক, আৰু সহায়ক দলক ক’ডটো জনাওক।
fault-FR-601 = ৰিপৰ্ট লিখিবলৈ এই ফিল্মৰ কোনো ৰিডিং নাই।
    .next = ফিল্মখন পঢ়া শেষ নোহোৱালৈকে ৰওক, বা তাৰ আন এখন ফটো তোলক।
fault-FR-602 = আপুনি খোলাৰ পিছত আন কোনোবাই এই ৰিপৰ্টটো ছেভ কৰিছে।
    .next = আপুনি লিখা কথাবোৰ এতিয়াও ফৰ্মত আছে। আনটো সংস্কৰণৰ সৈতে মিলাই চাওক, তাৰ পিছত আকৌ ছেভ কৰক।
fault-FR-603 = আপুনি পৃষ্ঠাটো খোলাৰ পিছত এই পৰীক্ষাটোত কিবা সলনি হৈছে।
    .next = পৃষ্ঠাটো আকৌ চাওক, তাৰ পিছত স্বাক্ষৰ কৰক।
fault-FR-604 = ৰিপৰ্টটো সম্পূৰ্ণ নহয়।
    .next = বক্সটোৱে আঙুলিয়াই দিয়া প্ৰতিটো ফাইণ্ডিঙৰ বিষয়ে সিদ্ধান্ত লওক, আৰু উপসংহাৰ লিখক।
fault-FR-605 = স্বাক্ষৰ কৰা ৰিপৰ্ট কাৰণ দিলেহে সলনি কৰিব পাৰি।
    .next = ৰিপৰ্টটো কিয় সলনি কৰা হৈছে লিখক।
fault-FR-606 = এতিয়া কোনো ফিল্মত আনবোৰৰ সৈতে একেলগে স্বাক্ষৰ কৰিব নোৱাৰি।
    .next = ৰিপৰ্টবোৰ এটা এটাকৈ পঢ়ক।
fault-FR-607 = ৰেণ্ডমভাৱে বাছি লোৱা ফিল্মবোৰত এতিয়াও স্বাক্ষৰ হোৱা নাই।
    .next = প্ৰথমে সেইবোৰ এখন এখনকৈ পঢ়ি স্বাক্ষৰ কৰক।
fault-FR-608 = কোনো ৰিপৰ্টতে স্বাক্ষৰ কৰা নহ’ল: এটা টিক বা এখন ফিল্ম বাদ পৰিছে।
    .next = ফিল্মবোৰ বাছক, তাৰ পিছত প্ৰতিখন ফিল্ম আপুনি চাইছে বুলি টিক দিয়ক।
fault-FR-609 = বক্সটোৱে এতিয়া আন পৃষ্ঠা প্ৰিণ্ট কৰি আছে।
    .next = আধা মিনিট পিছত আকৌ চেষ্টা কৰক।
fault-FR-610 = এই ৰিপৰ্টৰ স্বাক্ষৰ কৰা সংস্কৰণবোৰ ইটোৰ সৈতে সিটো নিমিলে: স্বাক্ষৰৰ পিছত কিবা সলনি কৰা হৈছে।
    .next = এই ৰিপৰ্ট ব্যৱহাৰ নকৰিব। সহায়ক দলক ফোন কৰি ক’ডটো কওক।
fault-FR-701 = নিজে দিয়া প্ৰস্তাৱ কোনেও নিজে নিশ্চিত নকৰে।
    .next = আন কোনোবাক চাবলৈ কওক।
fault-FR-702 = ইতিমধ্যে কোনোবাই এই নিয়মবোৰৰ বিষয়ে সিদ্ধান্ত লৈছে।
    .next = নিয়মবোৰ এতিয়া যেনেকৈ আছে তেনেকৈ চাওক।
fault-FR-703 = এই ব্যক্তিজনৰ সৈতে যোগাযোগ কৰাৰ কোনো উপায় নাই।
    .next = আগতে এটা নম্বৰ লিখক বা চেট সংযোগ কৰক।
fault-FR-704 = এই বক্সৰ নেটৱৰ্কটোৱে সেই ফাইণ্ডিংটোৰ কেৱল ইংগিত দিয়ে, বা নাচায়েই। তাত এলাৰ্ট হ’ব নোৱাৰে।
    .next = ফৰ্মত থকা কোনো ফাইণ্ডিং বাছক।
fault-FR-802 = এই সংস্কৰণ এতিয়া সাজু নাই।
    .next = আপডেটৰ পৃষ্ঠা আকৌ চাওক; ষ্টিকত অহা হ’লে ষ্টিক আকৌ লগাওক।
fault-FR-803 = আন এটা আপডেট চলি আছে।
    .next = সেইটো শেষ হোৱালৈ ৰ’ব।
fault-FR-804 = প্ৰগ্ৰামৰ নতুন সংস্কৰণে এতিয়া নিজকে পৰীক্ষা কৰি আছে।
    .next = আধা মিনিট ৰ’ব, তাৰ পিছত পৃষ্ঠা আকৌ খোলক।
fault-FR-805 = একো কৰা নহ’ল: সন্মতিৰ টিক নাই।
    .next = পৃষ্ঠা পঢ়ক, সন্মতিৰ টিক দিয়ক আৰু বুটাম আকৌ টিপক।
fault-FR-806 = এই বক্সত সহায়ক দলৰ চাবি নাই।
    .next = সহায়ক দলক তেওঁলোকৰ চাবিৰ ছেটিং খোজক।
fault-FR-901 = বক্সটোৰ ডিস্ক প্ৰায় ভৰি গৈছে।
    .next = সহায়ক দলক ক’ডটো জনাওক; ঠাই হ’লে ফটো আকৌ পঠিয়াব পৰা যাব।
fault-FR-902 = বক্সটোৱে নিজৰ ডিস্কত লিখিব নোৱাৰিলে।
    .next = আকৌ চেষ্টা কৰক; আকৌ বিফল হ’লে বক্সটো এবাৰ বন্ধ কৰি চলাওক আৰু সহায়ক দলক ক’ডটো জনাওক।
fault-FR-999 = প্ৰগ্ৰামৰ ভিতৰত কিবা এটা বিফল হ’ল।
    .next = আকৌ চেষ্টা কৰক; আকৌ বিফল হ’লে সহায়ক দলক ক’ডটো জনাওক।

captive-title = আপোনাৰ ব্ৰাউজাৰত বক্সটো খোলক
captive-1 = এই ৱাই-ফাইতে থাকক।
captive-2 = Chrome, Safari বা আন কোনো ব্ৰাউজাৰ খোলক। এই সৰু খিৰিকীৰ পৰা ফটো পঠিয়াব নোৱাৰি।
captive-3 = এই ঠিকনাটো লিখক:
captive-read = মই পঢ়িলোঁ
captive-done = ঠিক আছে। এই খিৰিকীখন বন্ধ কৰিব পাৰে।
captive-other = আন ফোনে ইয়ালৈ কেমেৰা ধৰিব পাৰে:
captive-qr = বক্সৰ ঠিকনা QR ক’ডত
trust-title = লাইভ কেমেৰা
trust-intro = এই বক্সৰ সকলো এই পৃষ্ঠা নোহোৱাকৈয়ে চলে। কেৱল লাইভ কেমেৰাৰ বাবে ফোনে প্ৰথমে এই বক্সক বিশ্বাস কৰিব লাগে। কেৱল ক্লিনিকৰ ফোনত এইটো কৰক।
trust-download = বক্সৰ প্ৰমাণপত্ৰ লওক
trust-android-title = Android ফোনত
trust-android-1 = ওপৰৰ বুটামটো টিপক আৰু ফাইলটো ৰাখক।
trust-android-2 = ফোনৰ ছেটিংছ খোলক, “CA certificate” বিচাৰক আৰু ফাইলটো বাছক।
trust-android-3 = ফোনে সতৰ্ক কৰিব যে নেটৱৰ্কত চকু ৰখা হ’ব পাৰে। ইয়াত সেয়া আশা কৰা ধৰণৰ।
trust-apple-title = iPhone ত
trust-apple-1 = Safari ত ওপৰৰ বুটামটো টিপক আৰু প্ৰ’ফাইলটোক অনুমতি দিয়ক।
trust-apple-2 = Settings ত “Profile Downloaded” খোলক আৰু ইনষ্টল কৰক।
trust-apple-3 = Settings, General, About, Certificate Trust Settings ত বক্সটো চলাওক।
trust-then = তাৰ পিছত এই ঠিকনাত বক্সটো খোলক:
trust-limits = প্ৰমাণপত্ৰখন কেৱল এই বক্স আৰু ক্লিনিকৰ নিজৰ নেটৱৰ্কৰ নামৰ বাবে। ইয়াৰে ইণ্টাৰনেটৰ একো খুলিব নোৱাৰি।
trust-fingerprint = প্ৰমাণপত্ৰৰ SHA-256, বক্সৰ লগত অহা কাগজৰ লগত মিলাবলৈ:
trust-other = আন ফোনে ইয়ালৈ কেমেৰা ধৰিব পাৰে:
trust-qr = এই পৃষ্ঠাৰ ঠিকনা QR ক’ডত

# PACSলৈ যোৱা পথ। নামৰ পিছত যি লিখা আছে সেয়া ইয়াৰেই কথা।
pacs-none = PACS: লগোৱা হোৱা নাই। ফিল্ম আৰু ৰিপৰ্ট এই বক্সতে থাকে।
pacs-name = PACS:
pacs-answers = PACS: এই বক্সটোক উত্তৰ দিয়ে
pacs-all = { $count ->
        [one] { $count }টা বস্তু জমা আছে, একো বাকী নাই
       *[other] { $count }টা বস্তু জমা আছে, একো বাকী নাই
    }
pacs-counts = জমা { $stored }, অপেক্ষাত { $waiting }
pacs-refused = { $count ->
        [one] { $count }টা বস্তু লোৱা নহ’ল ({ $reasons })
       *[other] { $count }টা বস্তু লোৱা নহ’ল ({ $reasons })
    }
    .next = সেইবোৰ বক্সত থাকে আৰু পিছৰবাৰ চলোৱাৰ সময়ত আকৌ পঠিওৱা হয়। ইয়াত যি লিখা আছে PACSৰ প্ৰশাসকক কওক।
pacs-fault-unreachable = এতিয়া যোগাযোগ কৰিব পৰা নাই
    .next = একো হেৰোৱা নাই, বক্সটোৱে নিজে আকৌ চেষ্টা কৰে। কেইবাদিনো এনেকৈ থাকিলে নেটৱৰ্ক চাওক আৰু ছেটিংছ ফাইলৰ ঠিকনা মিলাওক।
pacs-fault-not-allowed = এই বক্সটোক গ্ৰহণ নকৰে
    .next = PACSৰ প্ৰশাসকক বক্সৰ AE title বা ব্যৱহাৰকাৰীৰ নাম দিয়ক, আৰু দুয়োটা ছেটিংছ ফাইলৰ সৈতে মিলাওক।
pacs-fault-busy = এতিয়া একো লোৱা নাই
    .next = একো হেৰোৱা নাই। এদিন এনেকৈ থাকিলে PACSৰ প্ৰশাসকক কওক।
pacs-fault-bad-answer = ইয়াৰ ঠিকনাত আন কিবাই উত্তৰ দিছে
    .next = ছেটিংছ ফাইলৰ ঠিকনা আৰু পৰ্ট PACSৰ সৈতে মিলাওক। একোৱেই পঠিওৱা বুলি ধৰা হোৱা নাই।
pacs-fault-set-up = লগাব পৰা নগ’ল
    .next = ইয়াত যি লিখা আছে সহায়ক দলক কওক। তেওঁলোকে বক্সৰ লগ চাব।

# FHIR চাৰ্ভাৰলৈ যোৱা পথ। নামৰ পিছত যি লিখা আছে সেয়া ইয়াৰেই কথা।
fhir-none = FHIR: লগোৱা হোৱা নাই। FHIR চাৰ্ভাৰলৈ একো নাযায়।
fhir-name = FHIR:
fhir-answers = FHIR: এই বক্সটোক উত্তৰ দিয়ে আৰু ই যি পঠায় সেয়া ল’ব পাৰে
fhir-all = { $count ->
        [one] { $count }টা বাণ্ডল লোৱা হ’ল, একোৱেই অপেক্ষাত নাই
       *[other] { $count }টা বাণ্ডল লোৱা হ’ল, একোৱেই অপেক্ষাত নাই
    }
fhir-counts = লোৱা হ’ল { $taken }, অপেক্ষাত { $waiting }
fhir-held-back = প্ৰতিটো বাইটৰ দাম লাগে বাবে { $count }টা অপেক্ষাত
fhir-refused = { $count ->
        [one] { $count }টা বাণ্ডল লোৱা নহ’ল ({ $reasons })
       *[other] { $count }টা বাণ্ডল লোৱা নহ’ল ({ $reasons })
    }
    .next = সেইবোৰ বক্সত থাকে আৰু পিছৰবাৰ চলোৱাৰ সময়ত আকৌ পঠিওৱা হয়। ইয়াত যি লিখা আছে FHIR চাৰ্ভাৰৰ প্ৰশাসকক কওক।
fhir-fault-unreachable = এতিয়া যোগাযোগ কৰিব পৰা নাই
    .next = একো হেৰোৱা নাই, বক্সে নিজে আকৌ চেষ্টা কৰে। কেইবাদিনো এনেকৈ থাকিলে নেটৱৰ্ক চাওক আৰু ছেটিংছ ফাইলৰ ঠিকনা মিলাওক।
fhir-fault-not-allowed = এই বক্সটোক গ্ৰহণ নকৰে
    .next = ছেটিংছ ফাইলত থকা এই বক্সৰ নাম আৰু গোপন চাবি FHIR চাৰ্ভাৰৰ প্ৰশাসকৰ সৈতে মিলাওক।
fhir-fault-busy = এতিয়া একো লোৱা নাই
    .next = একো হেৰোৱা নাই। এদিন এনেকৈ থাকিলে FHIR চাৰ্ভাৰৰ প্ৰশাসকক কওক।
fhir-fault-bad-answer = ইয়াৰ ঠিকনাত আন কিবাই উত্তৰ দিছে
    .next = ছেটিংছ ফাইলৰ ঠিকনা FHIR চাৰ্ভাৰৰ প্ৰশাসকৰ সৈতে মিলাওক। একোৱেই পঠিওৱা বুলি ধৰা হোৱা নাই।
fhir-fault-version = FHIRৰ আন সংস্কৰণ বুজি পায়
    .next = এই বক্সে FHIR R4 বুজি পায়। FHIR চাৰ্ভাৰৰ প্ৰশাসকৰ পৰা তেনে এটা ঠিকনা লওক। একোৱেই পঠিওৱা বুলি ধৰা হোৱা নাই।
fhir-fault-no-transactions = একেলগে পঠিওৱা বস্তু একেবাৰতে নলয়
    .next = যি একেলগে থাকে, এই বক্সে সেয়া এটা লেনদেনত পঠায়। FHIR চাৰ্ভাৰৰ প্ৰশাসকক তাৰ অনুমতি দিবলৈ কওক। একোৱেই পঠিওৱা বুলি ধৰা হোৱা নাই।
fhir-fault-no-conditions = ইয়াৰ আগৰে পৰা যি আছে সেয়া চিনি নাপায়
    .next = FHIR চাৰ্ভাৰৰ প্ৰশাসকক চৰ্তসাপেক্ষে তৈয়াৰ আৰু সলনি কৰাটো চলাবলৈ কওক। তেতিয়ালৈ একো পঠিওৱা নহয়: সেয়া তাত দুবাৰ হ’লহেঁতেন।
fhir-fault-set-up = লগাব পৰা নগ’ল
    .next = ইয়াত যি লিখা আছে সহায়ক দলক কওক। তেওঁলোকে বক্সৰ লগ চাব।

# PACS বা FHIR চাৰ্ভাৰৰ প্ৰমাণপত্ৰত কি ভুল আছে।
certificate-date = বক্সৰ তাৰিখত ইয়াৰ প্ৰমাণপত্ৰৰ ম্যাদ নাই
    .next = সাধাৰণ কাৰণ ভুল ঘড়ী: প্ৰথমে বক্সৰ তাৰিখ চাওক। সেয়া ঠিক থাকিলে প্ৰমাণপত্ৰৰ ম্যাদ উকলিছে: ইয়াৰ প্ৰশাসকক কওক। তেতিয়ালৈ একো পঠিওৱা নহয়, আৰু একো হেৰোৱা নাই।
certificate-unknown = ইয়াৰ প্ৰমাণপত্ৰ এনে কাৰোবাৰ, যাক এই বক্সে নাজানে
    .next = ইয়াৰ প্ৰশাসকৰ পৰা প্ৰমাণপত্ৰ কৰ্তৃপক্ষৰ ফাইলটো লওক আৰু ছেটিংছ ফাইলত ca_file নামেৰে লিখক। তেতিয়ালৈ একো পঠিওৱা নহয়, আৰু একো হেৰোৱা নাই।
certificate-name = ইয়াৰ প্ৰমাণপত্ৰ আন নামৰ
    .next = ছেটিংছ ফাইলৰ ঠিকনাত থকা নামটো ইয়াৰ প্ৰশাসকৰ সৈতে মিলাওক: আন কোনোবাই উত্তৰ দি থাকিব পাৰে। তেতিয়ালৈ একো পঠিওৱা নহয়, আৰু একো হেৰোৱা নাই।
certificate-other = ইয়াৰ প্ৰমাণপত্ৰ ঠিক নহয়, বা ই TLS নাজানে
    .next = ছেটিংছ ফাইলৰ ঠিকনাৰ আৰম্ভণিতে http নে https ঠিক আছে চাওক, আৰু ইয়াৰ প্ৰশাসকক কওক। তেতিয়ালৈ একো পঠিওৱা নহয়, আৰু একো হেৰোৱা নাই।

# পৰ্টেললৈ যোৱা পথ।
sync-none = পৰ্টেল: লগোৱা হোৱা নাই। ৰেকৰ্ডবোৰ এই বক্সতে থাকে।
sync-never = পৰ্টেল: এতিয়ালৈকে যোগাযোগ হোৱা নাই
sync-contact = পৰ্টেল: শেষ যোগাযোগ { $time }
sync-all = সকলোৰে প্ৰাপ্তি ৰচিদ আহিছে
sync-waiting = ৰচিদৰ অপেক্ষাত: { $urgent } জৰুৰী, { $results } ফলাফল, { $reports } ৰিপৰ্ট, { $images } ফিল্ম
sync-held-back = ফিল্মবোৰ ৰৈ আছে, কাৰণ পঠিয়াবলৈ টকা লাগে বা আজিৰ সীমা শেষ হৈছে
sync-parked = { $count ->
        [one] { $count }টা ৰেকৰ্ড লোৱা নহ’ল
       *[other] { $count }টা ৰেকৰ্ড লোৱা নহ’ল
    }
    .next = সেইবোৰ বক্সত থাকে আৰু পিছৰবাৰ চলোৱাৰ সময়ত আকৌ পঠিওৱা হয়। সহায়ক দলক কওক।
sync-fault-unreachable = এতিয়া যোগাযোগ কৰিব পৰা নাই
    .next = একো হেৰোৱা নাই, বক্সটোৱে নিজে আকৌ চেষ্টা কৰে। কেইবাদিনো এনেকৈ থাকিলে বক্সৰ নেটৱৰ্ক চাওক।
sync-fault-wrong-portal = এই ঠিকনাত আন এটা পৰ্টেলে উত্তৰ দিছে
    .next = একো পঠিওৱা হোৱা নাই। ছেটিংছ ফাইলৰ ঠিকনা আৰু চাবি পৰ্টেলৰ লগত মিলাই চাওক।
sync-fault-not-enrolled = এই বক্সটো চিনি নাপায়
    .next = পৰ্টেলৰ প্ৰশাসকৰ পৰা নতুন ক’ড লওক আৰু ছেটিংছ ফাইলত লিখক।
sync-fault-revoked = এই বক্সটো বন্ধ কৰি দিছে
    .next = পৰ্টেলৰ প্ৰশাসকক ফোন কৰক। আকৌ পোৱা বক্সে নতুন ক’ড পায়।
sync-fault-busy = এতিয়া একো লোৱা নাই
    .next = একো হেৰোৱা নাই। এদিন এনেকৈ থাকিলে পৰ্টেলৰ প্ৰশাসকক কওক।
sync-fault-bad-answer = ইয়াৰ উত্তৰ বিশ্বাস কৰিব নোৱাৰি
    .next = একোকে পঠিওৱা বুলি ধৰা নহয়। সহায়ক দলক আৰু পৰ্টেলৰ প্ৰশাসকক কওক।
sync-fault-set-up = লগাব পৰা নগ’ল
    .next = ইয়াত যি লিখা আছে সহায়ক দলক কওক। তেওঁলোকে বক্সৰ লগ চাব।
announce-ready = { $minutes } মিনিট যোগাযোগ নহ’লে জৰুৰী ফল এছএমএছেৰে প’ৰ্টেলক জনোৱা হয়
announce-sent = { $count ->
        [one] { $count }টা জৰুৰী ফল এছএমএছেৰে প’ৰ্টেলক জনোৱা হ’ল ({ $time }); সম্পূৰ্ণ ৰেকৰ্ড এতিয়াও ৰৈ আছে
       *[other] { $count }টা জৰুৰী ফল এছএমএছেৰে প’ৰ্টেলক জনোৱা হ’ল ({ $time }); সম্পূৰ্ণ ৰেকৰ্ডবোৰ এতিয়াও ৰৈ আছে
    }
announce-heard = প’ৰ্টেলে সেয়া পঢ়িছে ({ $time })
announce-not-ready = প’ৰ্টেলে এইবোৰ এতিয়াও পঢ়িব নোৱাৰে
    .next = এছএমএছ পঠোৱাৰ আগতে প’ৰ্টেলৰ সৈতে এবাৰ যোগাযোগ লাগে। যোগাযোগ হৈ থাকিলে প’ৰ্টেলৰ প্ৰ’গ্ৰাম পুৰণি।
announce-spent = আজিৰ এছএমএছ শেষ হ’ল
    .next = বাকী জৰুৰী ফল পিছত জনোৱা হ’ব। ৰেকৰ্ড প’ৰ্টেললৈ লৈ যাওক, বা ফোন কৰক।

# পৰ্টেলৰ নিজৰ পৃষ্ঠা।
portal-fleet-title = বক্সবোৰ
portal-fleet-intro = এই পৰ্টেলৰ প্ৰতিটো বক্স, আৰু শেষবাৰ কেতিয়া যোগাযোগ কৰিছিল। ইয়াত ৰোগীৰ বিষয়ে একো দেখুওৱা নহয়।
portal-fleet-none = এতিয়ালৈকে কোনো বক্স পঞ্জীয়ন হোৱা নাই। “{ $command }” কমাণ্ডে প্ৰথম বক্সৰ বাবে ক’ড ছপায়।
portal-fleet-well = { $count }টাৰ ভিতৰত { $well }টা ঠিকে আছে
portal-key-asked = এই পৃষ্ঠাৰ বাবে চাবি লাগে। “{ $command }” কমাণ্ডে চাবি বনায়।
portal-box-never = কেতিয়াও যোগাযোগ হোৱা নাই
portal-box-contact = শেষ যোগাযোগ { $time }
portal-box-held = { $count ->
        [one] { $count }টা ৰেকৰ্ড ৰখা আছে
       *[other] { $count }টা ৰেকৰ্ড ৰখা আছে
    }
portal-box-disk = ইয়াৰ ডিস্কত { $count } এমবি খালী আছে
portal-ring = বলয় { $ring }
portal-ring-choose = এই বক্সৰ বলয়
portal-ring-set = তাত ৰাখক
portal-support-how = সহায়ক দলৰ বাবে ফাইল। এইবোৰ বন্ধ: যাৰ হাতত সহায়ক দলৰ চাবি আছে কেৱল তেওঁহে খুলিব পাৰে।
portal-support-line = { $time }ৰ, { $size } KiB, ইয়াত { $until }লৈ
portal-rollout-title = খোজে খোজে বিতৰণ
portal-rollout-intro = সংস্কৰণ আৰু ছেটিং যি বলয়ে বলয়ে বক্সলৈ যায়, প্ৰথমে 0 আৰু শেষত 3। আগৰ বলয় ভালে থাকিলেহে পিছৰ বলয়ে পায়।
portal-rollout-none = একো বিতৰণ হোৱা নাই। “{ $command }” কমাণ্ডেৰে আৰম্ভ হয়।
portal-rollout-bundle = বিতৰণ { $number }: সংস্কৰণ { $version }
portal-rollout-settings = বিতৰণ { $number }: ছেটিং
portal-rollout-target = { $target }ৰ বাবে, { $count } এমবি
portal-rollout-packs = ইয়াত মডেল: { $packs }
portal-rollout-rules = প্ৰতিটো বক্স ইয়াৰ সৈতে { $hours } h চলি থাকিব লাগে; বলয়ৰ { $percent } %; যি বক্সে { $days } দিন সঁহাৰি দিয়া নাই সেয়া গণা নহয়
portal-rollout-running = চলি আছে: বলয় { $ring }
portal-rollout-held = বলয় { $ring }ত ৰখোৱা হৈছে
portal-rollout-stopped = বলয় { $ring }ত ৰৈ গৈছে: এটা বক্স ভালে নাই
portal-rollout-finished = সকলো বলয়ত আছে আৰু ভালে আছে
portal-rollout-withdrawn = ঘূৰাই লোৱা হৈছে
portal-rollout-nobody = এই বলয়ৰ কোনো বক্স গণা নহয়, আৰু ই ক্ষতি নকৰে বুলি এতিয়াও কোনেও দেখুওৱা নাই। এটা বক্স বলয় 0ত ৰাখক, বা পিছৰ বলয়লৈ যাওক।
portal-rollout-well = বলয়ৰ { $count }টা বক্সৰ { $well }টা ভালে আছে
portal-rollout-events = কি হ’ল
portal-rollout-late = ইতিমধ্যে অৱস্থা সলনি হৈছে। আকৌ চাওক।
portal-rollout-name-missing = আপোনাৰ নাম লিখক: আপোনাৰ কথাৰ কাষত ই থাকে।
portal-fate-unasked = এতিয়াও কোৱা হোৱা নাই
portal-fate-asked = কোৱা হৈছে, একো শুনা নাই
portal-fate-waiting = আদেশ পাইছে
portal-fate-fetching = { $percent } % পাইছে
portal-fate-no_room = বক্সত ঠাই বৰ কম
portal-fate-ready = বক্সত সাজু আছে: তাত কোনোবাই সন্মত হ’ব লাগিব
portal-fate-installing = বহুওৱা হৈ আছে
portal-fate-taken = হ’ল; { $hours } h ধৰি ইয়াৰ সৈতে চলিছে
portal-fate-well = ভাল
portal-fate-passed = এই বক্সৰ বাবে নহয়
portal-fate-silent = হ’ল, কিন্তু তাৰ পিছত সঁহাৰি নাই
portal-fate-excused = চোৱা হৈছে
portal-word-go_on = আগবাঢ়ক: যি ভুল সেয়া চোৱা হৈছে
portal-word-hold = ৰখাওক
portal-word-next_ring = এই বলয়ৰ বাবে অপেক্ষা নকৰিব
portal-word-withdraw = ঘূৰাই লওক
portal-event-begun = বলয় { $ring }ৰে আৰম্ভ
portal-event-ring = বলয় { $ring } পালে
portal-event-running = আগবাঢ়িল
portal-event-held = ৰখোৱা হৈছে
portal-event-stopped = ৰৈ গ’ল
portal-event-finished = শেষ হ’ল
portal-event-withdrawn = ঘূৰাই লোৱা হৈছে
portal-event-itself = নিজে
portal-state-well = ঠিকে আছে
portal-state-silent = এদিনতকৈ বেছি সময় সঁহাৰি নাই
    .next = ক্লিনিকক সোধক বক্সটো চলি আছে নে নাই আৰু নেটৱৰ্ক আছে নে নাই।
portal-state-parked = ইয়াৰ কিছুমান ৰেকৰ্ড লোৱা নহ’ল
    .next = বক্স আৰু পৰ্টেল দুয়োটা আটাইতকৈ নতুন সংস্কৰণলৈ আনক। ৰেকৰ্ডবোৰ বক্সত থাকে।
portal-state-conflict = সংঘাত: একেটা নম্বৰ, দুটা বেলেগ ৰেকৰ্ড
    .next = সম্ভৱতঃ বক্সটো পুৰণি নকলৰ পৰা ঘূৰাই অনা হৈছে। দুয়োটা ৰেকৰ্ড ৰখা হৈছে। সহায়ক দলক কওক।
portal-state-revoked = বন্ধ কৰা হৈছে
    .next = নতুন ক’ডে ইয়াক আকৌ সোমাবলৈ দিয়ে।

settings-title = ক্লিনিকৰ ছেটিংছ
settings-first = বক্সক জনাওক সি ক’ত আছে। পিছত সকলো সলাব পাৰি।
settings-name = ক্লিনিকৰ নাম
settings-name-help = ৰিপ’ৰ্ট, চিঠি আৰু সতৰ্কবাণীত লিখা থাকে।
settings-language = কোনেও নাবাছিলে যি ভাষা
settings-language-any = প্ৰতিটো ফোনে যেনেকৈ বিচাৰে
settings-offset = স্থানীয় সময় আৰু বিশ্ব সময়ৰ (UTC) পাৰ্থক্য
settings-offset-help = ঘণ্টা আৰু মিনিট। ভাৰত: +5:30। বাংলাদেশ: +6:00। নেপাল: +5:45।
settings-contact = সহায়ৰ বাবে কাক ফোন কৰিব
settings-contact-help = এটা নাম আৰু নম্বৰ, সহায়ৰ পৃষ্ঠাত দেখুওৱা হয়।
settings-submit = ৰাখক
field-site_name = এটা শাৰীত সৰ্বাধিক 120 টা আখৰ।
field-utc_offset = -12:00 ৰ পৰা +14:00 ৰ ভিতৰত ঘণ্টা আৰু মিনিট, যেনে +5:30।
field-support_contact = এটা শাৰীত সৰ্বাধিক 120 টা আখৰ।
first-title = প্ৰথম কাম
first-intro = প্ৰথম ৰোগীৰ আগতে এই বক্সক কি কি লাগে। যিকোনো সময়তে ইয়ালৈ উভতিব পাৰে।
first-done = হৈ গ’ল
first-open = বাকী আছে
first-do = এতিয়াই কৰক
first-look = আকৌ চাওক
first-later = কামৰ তালিকালৈ যাওক
first-site = ক্লিনিকৰ নাম, ভাষা আৰু সময়
    .how = যাতে ৰিপ’ৰ্ট, চিঠি আৰু সতৰ্কবাণীয়ে ক’ৰ পৰা আহিছে কয়।
first-clock = ঘড়ীৰ সময় নিশ্চিত
    .how = বক্সে পাৰিলে নেটৱৰ্কৰ পৰা সময় লয়; নহ’লে ইয়াত মিলাওক। তেতিয়ালৈকে সময়ৰ কাষত এটা চিন থাকে।
first-people = এজন টেকনিচিয়ান আৰু এজন চিকিৎসক
    .how = অন্ততঃ এজনকৈ যোগ কৰক। প্ৰত্যেকে নিজৰ PIN বাছে।
first-recipients = যিয়ে সতৰ্কবাণী পাব
    .how = প্ৰত্যেকে এই পৃষ্ঠাত নিজৰ ফোন নম্বৰ বা টেলিগ্ৰাম লিখে আৰু পৰীক্ষা কৰে।
first-acceptance = গ্ৰহণ পৰীক্ষা
    .how = বক্সে অঁকা ফিল্ম পঢ়ে আৰু নিজৰ ষ্ট’ৰেজ চায়। কেইমিনিটমান লাগে।
acceptance-title = গ্ৰহণ পৰীক্ষা
acceptance-intro = বক্সে অঁকা ফিল্ম পঠোৱাৰ পৰা ৰিপ’ৰ্টৰ খচৰালৈকে পঢ়ে, আৰু যিহৰ ওপৰত সি থিয় হৈ আছে সকলো চায়। এই ফিল্মবোৰত কোনো ৰোগী নাই, একো ৰখা নহয়।
acceptance-running = পৰীক্ষা চলি আছে। এই পৃষ্ঠাই নিজে আকৌ চায়।
acceptance-start = পৰীক্ষা আৰম্ভ কৰক
acceptance-last = শেষ পৰীক্ষা
acceptance-passed = বক্স উত্তীৰ্ণ
acceptance-failed = বক্স উত্তীৰ্ণ নহয়: এতিয়াও ৰোগীৰ বাবে ব্যৱহাৰ নকৰিব
acceptance-sheet = চহী কৰা কাগজ ৰাখক
acceptance-good = ঠিক
acceptance-missing = নাই
acceptance-bad = ঠিক নহয়
acceptance-networks = নেটৱৰ্ক
    .next = ইয়াত যি লিখা আছে সেয়া সহায়ক দলক জনাওক। নেটৱৰ্ক নহ’লে কোনো ফিল্ম পঢ়া নহয়।
acceptance-reading = ভাল ফিল্ম পঢ়া হয়
    .next = ইয়াত যি লিখা আছে সেয়া সহায়ক দলক জনাওক। বক্স ব্যৱহাৰ নকৰিব।
acceptance-repeatable = একেটা ফিল্মে একেটা স্ক’ৰ দিয়ে
    .next = ইয়াত যি লিখা আছে সেয়া সহায়ক দলক জনাওক। বক্স ব্যৱহাৰ নকৰিব।
acceptance-blurred = অস্পষ্ট ফিল্ম ঘূৰাই দিয়া হয়
    .next = ইয়াত যি লিখা আছে সেয়া সহায়ক দলক জনাওক। বক্স ব্যৱহাৰ নকৰিব।
acceptance-no-film = ফিল্ম নথকা ফটো ঘূৰাই দিয়া হয়
    .next = ইয়াত যি লিখা আছে সেয়া সহায়ক দলক জনাওক। বক্স ব্যৱহাৰ নকৰিব।
acceptance-records = নথি আৰু ফাইল মিলে
    .next = ইয়াত যি লিখা আছে সেয়া সহায়ক দলক জনাওক। ষ্ট’ৰেজ বেয়া হৈ আহিছে চাগৈ।
acceptance-storage = ষ্ট’ৰেজে যি পায় ৰাখে
    .next = কি কৰিব লাগে “বক্সটোৰ অৱস্থা” পৃষ্ঠাত চাওক।
acceptance-room = ফিল্মৰ ঠাই
    .next = ডাঙৰ ডিস্ক এটা লগাওক, বা পুৰণি ফিল্ম আঁতৰাবলৈ সহায়ক দলক কওক।
acceptance-flush = লিখাৰ নিশ্চয়তা সঁচা আৰু খৰ
    .next = সহায়ক দলক ভিতৰত লগোৱা ষ্ট’ৰেজ বা NVMe ডিস্ক খোজক।
acceptance-heat = কামৰ পিছৰ তাপ
    .next = বক্সটো ছাঁত ৰাখক, বতাহৰ বিন্ধাবোৰ খোলা ৰাখক, ধূলি গুচাওক।
acceptance-clock = ঘড়ী
    .next = বক্স ব্যৱহাৰ কৰিব পাৰি; ঘড়ী নিশ্চিত নোহোৱালৈকে সময়ৰ কাষত চিন থাকে।
acceptance-radio = বক্সৰ ৱাই-ফাই
    .next = ক্লিনিকৰ নেটৱৰ্কত বক্স ব্যৱহাৰ কৰিব পাৰি। নিজৰ ৱাই-ফাইৰ বাবে সহায়ক দলক জনাওক।
acceptance-alerts = সতৰ্কবাণী
    .next = সতৰ্কবাণীৰ এটা বাট লগাওক, আৰু অন্ততঃ এজনৰ ফোন নম্বৰ বা টেলিগ্ৰাম লিখক।
fault-FR-801 = এটা পৰীক্ষা আগৰে পৰা চলি আছে
    .next = শেষ হোৱালৈকে ৰওক; পৃষ্ঠাত দেখা যাব।
clock-title = বক্সৰ ঘড়ী
clock-now = বক্সৰ ঘড়ীয়ে কৈছে
clock-help = ঠিক থকা ঘড়ী বা ফোনৰ ইয়াৰ দিন আৰু সময় লিখক।
clock-day = দিন
clock-time = সময়
clock-submit = ঘড়ী মিলাওক
clock-elsewhere = এই যন্ত্ৰত ঘড়ী এই পৃষ্ঠাৰ বাহিৰত মিলোৱা হয়।
clock-set = ঘড়ী এক মুহূৰ্ততে ঠিক হ’ব। আকৌ চাওক।

## Patients: found again, asked about, slips, camps

clinic-number = ক্লিনিক নম্বৰ { $id }
patients-title = ৰোগী বিচাৰক
patients-ask = নাম, আইডি বা নম্বৰ
patients-ask-help = স্লিপৰ আইডি, ক্লিনিকৰ নম্বৰ, পৰীক্ষাৰ নম্বৰ, কোনো আঁচনিৰ নম্বৰ, বা যিকোনো লিপিত নাম।
patients-find = বিচাৰক
patients-newest = আটাইতকৈ নতুন ৰোগী
patients-none = কাকো পোৱা নগ’ল।
patients-none-next = নামটো বেলেগ বানানেৰে বা স্লিপৰ নম্বৰ লিখক, বা নতুন ৰোগী পঞ্জীয়ন কৰক।
patients-list = পোৱা ৰোগীসকল, আটাইতকৈ মিল থকাজন আগত
patients-more = আৰু আছে। নামৰ আৰু অংশ বা কোনো নম্বৰ লিখক।
patients-mistyped = এইটো স্লিপৰ আইডিৰ দৰে, কিন্তু ভুলকৈ লিখা হৈছে: শেষৰ আখৰটো নিমিলে।
patients-mistyped-next = স্লিপৰ সৈতে এটা এটাকৈ আখৰ মিলাওক।
patient-newest = { $count ->
        [one] 1খন ফিল্ম: পৰীক্ষা { $number }, { $time }
       *[other] { $count }খন ফিল্ম, আটাইতকৈ নতুন: পৰীক্ষা { $number }, { $time }
    }
patient-new-film = এই ৰোগীৰ নতুন ফিল্ম
patient-studies = এই ৰোগীৰ ফিল্ম
patient-all = সকলো ফিল্ম
found-by-box-id = আইডি
found-by-study = পৰীক্ষা { $number }
found-by-local-id = ক্লিনিকৰ নম্বৰ
found-by-programme = আঁচনিৰ নম্বৰ
found-by-name = নাম
scan-title = স্লিপৰ ক’ডৰ ফটো তোলক
scan-none = ফটোখনত ক’ড পোৱা নগ’ল। ওচৰৰ পৰা, ভাল পোহৰত স্লিপৰ ফটো তোলক, বা আইডি লিখক।
register-known-title = নতুন ফিল্ম
register-known-help = লিংগ আৰু বয়স সুধি লিখক: তাৰ পৰা বুজা যায় এওঁ সঠিক ৰোগী নে নহয়। বাদো দিব পাৰে।
register-was-here = আগতে আহিছিল নেকি? ৰোগী বিচাৰক
register-more = কাৰণ, লক্ষণ, আঁচনি
box-id-unknown = এই বক্সত এই আইডিৰ কোনো ৰোগী নাই। নামেৰে বিচাৰক।
box-id-mistyped = এইটো স্লিপৰ আইডিৰ দৰে, কিন্তু ভুলকৈ লিখা হৈছে। স্লিপৰ সৈতে মিলাওক।
reason-title = ফিল্মখন কিয় তোলা হৈছে?
reason-none = কোৱা হোৱা নাই
reason-screening = স্ক্ৰীনিং, কোনো কষ্ট নাই
reason-triage = কষ্ট আছে
reason-ward = ৱাৰ্ডৰ ৰোগী
reason-pre_operative = অপাৰেচনৰ আগত
symptoms-title = লক্ষণ
symptom-cough = 2 সপ্তাহ বা তাতকৈ বেছি কাহ
symptom-fever = জ্বৰ
symptom-weight_loss = ওজন কমা
symptom-night_sweats = ৰাতি ঘামা
symptom-blood_in_sputum = কফত তেজ
symptom-breathlessness = উশাহ লোৱাত কষ্ট
symptom-chest_pain = বুকুৰ বিষ
symptom-tb_contact = যক্ষ্মা ৰোগীৰ সংস্পৰ্শ
past-tb-title = আগতে যক্ষ্মাৰ চিকিৎসা হৈছিল নেকি?
past-tb-unknown = জনা নাই
past-tb-no = নাই হোৱা
past-tb-yes = হৈছিল
hiv-title = HIV অৱস্থা
hiv-help = এইটো বাদ দিব পাৰে। কেৱল চিকিৎসকে ইয়াক দেখে।
hiv-kept = এটা উত্তৰ লিপিবদ্ধ আছে, যি কেৱল চিকিৎসকে দেখে। নতুন উত্তৰে তাৰ ঠাই ল’ব।
hiv-unknown = জনা নাই
hiv-negative = নেগেটিভ
hiv-positive = পজিটিভ
indication-title = এই ফিল্মখন কিয়
indication-none = ফিল্মখন কিয় তোলা হ’ল, কোনেও লিখা নাই।
indication-change = লিখক বা সলনি কৰক
indication-save = ছেভ কৰক
indication-reason = কাৰণ: { $reason }।
indication-symptoms = লক্ষণ: { $symptoms }।
indication-past-tb-no = আগতে যক্ষ্মাৰ চিকিৎসা হোৱা নাই।
indication-past-tb-yes = আগতে যক্ষ্মাৰ চিকিৎসা হৈছিল: পুৰণি দাগে স্ক’ৰ বঢ়াব পাৰে।
indication-hiv = HIV অৱস্থা: { $status }।
note-screening-point = এটা ফাইণ্ডিং নিজৰ সীমাৰ ওচৰত আছে। স্ক্ৰীনিঙত ইয়াক ধৰা হয়, যাতে কম লোক বাদ পৰে।
    .next = চিকিৎসকক ফিল্মখন দেখুৱাওক, আৰু কফ পৰীক্ষাৰ কথা ভাবক।
note-symptoms-call-for-test = ৰোগীৰ এনে লক্ষণ আছে যাৰ বাবে যক্ষ্মাৰ পৰীক্ষা লাগে, স্ক’ৰ যিয়েই নহওক।
    .next = কফ লওক, স্ক’ৰ কম হ’লেও।
note-symptoms-and-score = ৰোগীৰ যক্ষ্মাৰ লক্ষণ আছে, আৰু স্ক’ৰ সীমাত বা তাৰ ওপৰত, যদিও সীমাৰ ওচৰত।
    .next = অপেক্ষা নকৰিব: কফ লওক, আৰু আজিয়েই চিকিৎসকক ফিল্মখন দেখুৱাওক।
note-fitness-not-judged = ফিল্মখন অপাৰেচনৰ আগত তোলা হৈছে। ৰোগী অপাৰেচনৰ যোগ্য নে নহয়, বক্সটোৱে বিচাৰ নকৰে।
    .next = সেয়া চিকিৎসক আৰু অপাৰেচনৰ দলে ঠিক কৰে।
note-ward-film = ৰোগী ৱাৰ্ডত আছে। বিছনাত তোলা ফিল্মত মডেলটো পৰীক্ষা কৰা হোৱা নাই।
    .next = স্ক’ৰতকৈ ফিল্মখনৰ ওপৰত বেছি ভৰসা কৰক।
point-lower-edge = স্ক্ৰীনিঙত “ইমান ওচৰত যে ক’ব নোৱাৰি”-ক “সীমাৰ ওপৰত” বুলিয়েই ধৰা হয়।
point-threshold = এই লক্ষণবোৰ থাকিলে সীমাত বা তাৰ ওপৰত থকা যক্ষ্মাৰ স্ক’ৰ তেতিয়াও ধৰা হয় যেতিয়া ই ইমান ওচৰত যে ক’ব নোৱাৰি।
programme-nikshay = নি-ক্ষয় আইডি
programme-abha = ABHA নম্বৰ
programme-other = আন আঁচনি
programme-name = তাৰ নাম
programme-id = তাত থকা নম্বৰ
field-nikshay = নি-ক্ষয় আইডি 5ৰ পৰা 12টা অংকেৰে লিখক।
field-abha = ABHA নম্বৰৰ সকলো 14টা অংক লিখক।
field-programme = আঁচনিখনৰ নাম লিখক।
field-programme_id = সেই আঁচনিৰ নম্বৰ লিখক, 2ৰ পৰা 40টা আখৰ আৰু অংক।
alike-programme = কোনো আঁচনিৰ একেটা নম্বৰ
alike-local-id = ক্লিনিকৰ একেটা নম্বৰ
alike-name = শুনিবলৈ একে নাম, একে লিংগ, আৰু মিলা বয়স
ask-who-title = এই ৰোগী আগতে আহিছিল নেকি?
ask-who-what = আপুনি লিখিছে: { $typed }। এনে কোনোবা আগতেই পঞ্জীয়ন হৈ আছে।
ask-who-next = ৰোগীক সুধি মিলাওক। বক্সটোৱে ইয়াক ঠিক নকৰে।
ask-same = এৱেঁই সেই ব্যক্তি
ask-else = এওঁ বেলেগ কোনোবা: নতুনকৈ পঞ্জীয়ন কৰক
ask-back = ফৰ্মলৈ উভতি যাওক
ask-whether-title = এওঁ সঠিক ৰোগী নে?
ask-whether-next = ৰোগীক নাম সোধক, আৰু স্লিপ বা কাৰ্ড চাওক।
ask-sex = লিংগ: আপুনি লিখিছে “{ $told }”, লিপিবদ্ধ আছে “{ $record }”।
ask-age = বয়স বা জন্মৰ বছৰ: আপুনি লিখিছে “{ $told }”, লিপিবদ্ধ আছে “{ $record }”।
ask-age-born = জন্ম { $year }
ask-age-told = { $year } চনত { $years } বছৰ
ask-record-right = সঠিক ৰোগী: যি লিপিবদ্ধ আছে সেয়া শুদ্ধ
ask-told-right = সঠিক ৰোগী: মই যি লিখিছোঁ সেয়া শুদ্ধ
camp-title = পৰৱৰ্তী ৰোগী
camp-begin = এজনৰ পিছত এজন বহু ৰোগী (শিবিৰ)
camp-help = তেতিয়া কাৰণ স্ক্ৰীনিং থাকে, আৰু প্ৰতিখন ফটোৰ পিছত পৰৱৰ্তী ৰোগী লগে লগে আহিব পাৰে।
camp-end = শিবিৰ শেষ কৰক
camp-next = পৰৱৰ্তী ৰোগী
camp-strip = আটাইতকৈ নতুন ফিল্ম
slip-title = ৰোগীৰ স্লিপ
slip-show = ক’ড থকা স্লিপ
slip-code = আইডিৰ QR ক’ড
slip-help = পিছৰবাৰ এই স্লিপখন বা ইয়াৰ ফটো লগত আনিব: ইয়াৰে আপোনাৰ আগৰ ফিল্ম পোৱা যায়।
slip-on = ফটোলৈ আগবাঢ়ক
slip-pdf = প্ৰিণ্ট কৰক (PDF, A6)
print-box-id = আইডি
fault-FR-408 = এই বক্সত তেনে কোনো ৰোগী নাই।
    .next = নামেৰে বা স্লিপৰ নম্বৰেৰে ৰোগীক বিচাৰক।
fault-FR-903 = ৰোগীক দিবলৈ এই বক্সৰ সকলো নম্বৰ শেষ হ’ল।
    .next = সহায়ক দলক ক’ডটো কওক: বক্সটোক নম্বৰৰ নতুন শৃংখলা লাগে।

## Records carried to the portal by hand
carry-title = নেটৱৰ্ক নোহোৱাকৈ
carry-open = ৰেকৰ্ড প’ৰ্টেললৈ লৈ যাওক
carry-what = প’ৰ্টেলৰ বাবে যি ৰৈ আছে সেয়া এটা ফাইলত, ষ্টিকত বা ফোনত, তালৈ নিব পাৰি। প’ৰ্টেলৰ উত্তৰ একে বাটেৰে ঘূৰি আহে।
carry-safe = ফাইলটো সংকেতেৰে লুকুওৱা: কেৱল প’ৰ্টেলেহে পঢ়িব পাৰে। উত্তৰ ঘূৰি অহাৰ আগতে ইয়াত একো মচা নহয়, আৰু একে ফাইল দুবাৰ নিলেও ক্ষতি নাই।
carry-out-title = 1. সাঁচি থৈ তালৈ নিয়ক
carry-all = সকলো সাঁচক
carry-small = ফিল্ম নোহোৱাকৈ সাঁচক (সৰু ফাইল)
carry-nothing = প’ৰ্টেলৰ বাবে একো ৰৈ থকা নাই।
carry-back-title = 2. উত্তৰ ঘূৰাই আনক
carry-answer = প’ৰ্টেলৰ উত্তৰ (এটা ফাইল)
carry-submit = উত্তৰ লওক
carry-done = উত্তৰ লোৱা হ’ল: { $receipts } টা ৰেকৰ্ডৰ ৰচিদ আহিল, { $refused } টা অগ্ৰাহ্য হ’ল।
fault-FR-807 = কঢ়িওৱা ফাইলৰ বাবে এই বাকচত প’ৰ্টেলৰ চাবি নাই।
    .next = প’ৰ্টেলৰ প্ৰশাসকৰ পৰা “recipient” শাৰীটো বিচাৰি ছেটিংছ ফাইলত লিখক।
fault-FR-808 = এয়া এই বাকচৰ বাবে প’ৰ্টেলৰ উত্তৰ নহয়, বা সম্পূৰ্ণ নহয়।
    .next = প’ৰ্টেলৰ পৰা ফাইলটো আকৌ কপি কৰি আকৌ বাছক। একো সলনি হোৱা নাই।

wiped-title = এই বক্সটো মচি পেলোৱা হৈছে
wiped-told = { $name }এ { $time } তাৰিখে পৰ্টেলৰ পৰা চাবি, ডাটাবেছ আৰু ফিল্ম নষ্ট কৰিবলৈ কৈছে। ৰোগীৰ বিষয়ে ইয়াত একো বাকী নাই।
wiped-next = এই বক্সটো পালে ক্লিনিক বা পৰ্টেলৰ মানুহক ঘূৰাই দিয়ক। তেওঁলোকে ইয়াক পুনৰ সাজু কৰিব।
portal-read-name = আপোনাৰ নাম
portal-read-code = এবাৰ কাম কৰা ক’ড
portal-read-choose = নিজৰ পিন বা পাছৱৰ্ড বাছক
portal-read-choose-help = কমেও 4টা অংক, বা কমেও 8টা আখৰ। আন কোনেও জানিব নালাগে।
portal-read-again = একেটাকে আকৌ লিখক
portal-read-enter = আগবাঢ়ক
portal-read-login = ফিল্ম পঢ়িবলৈ লগ ইন কৰক
portal-read-begin = প্ৰথমবাৰ: আপোনাৰ ক’ড দিয়ক
portal-read-wrong = নাম বা পাছৱৰ্ড ভুল।
portal-read-choose-wrong = একে পাছৱৰ্ড দুবাৰ লিখক। বৰ সহজ হ’লে লোৱা নহয়।
portal-read-code-wrong = নাম বা ক’ড ভুল, নাইবা ক’ডটো আগতেই ব্যৱহাৰ হৈছে। নতুন এটা বিচাৰক।
portal-films-title = পঢ়িবলগীয়া ফিল্ম
portal-films-intro = বক্সবোৰে যি পঠাইছে আৰু পৰ্টেলৰ কোনেও পঢ়া নাই, আটাইতকৈ জৰুৰী প্ৰথমে।
portal-films-none = কোনো ফিল্ম অপেক্ষাত নাই।
portal-films-read = শেহতীয়াকৈ পঢ়া
portal-film-given = বক্সটোৱে পিছৰবাৰ যোগাযোগ কৰিলে আপোনাৰ মত তালৈ যাব।
portal-film-not-here = এক্স-ৰে ছবিখন এতিয়াও অহা নাই: ছবি আটাইতকৈ শেষত যায়।
portal-film-help = প্ৰতিটো ফাইণ্ডিঙৰ কাষত বক্সটোৱে কি কৈছে লিখা আছে। আপোনাৰ হৈ একো বাছি লোৱা নাই।
portal-film-send-help = বক্সটোৱে ইয়াক আপোনাৰ নামত দ্বিতীয় মত হিচাপে দেখুৱায়। ই কোনো ৰিপৰ্টৰ ঠাই নলয়।
portal-film-send = এই মত পঠিয়াওক
portal-announced-title = এছএমএছেৰে জনোৱা
portal-announced-intro = যোগাযোগ নথকা বক্সৰ জৰুৰী ফল। ক্লিনিকলৈ ফোন কৰি পৰীক্ষাৰ নম্বৰ কওক: পঢ়িবলৈ ফিল্ম এতিয়াও নাই।
portal-announced-waits = ফিল্ম অহা নাই।
portal-announced-overdue = দুসপ্তাহ ধৰি ফিল্ম অহা নাই। ক্লিনিকক সোধক।
portal-announced-missing = বক্সৰ ওচৰত এই ৰেকৰ্ডৰ ৰচিদ আছে, কিন্তু ৰেকৰ্ড ইয়াত নাই। প’ৰ্টেলৰ প্ৰশাসকক জনাওক।
portal-announced-differs = ৰেকৰ্ড আহিছে আৰু বেলেগ কথা কৈছে। ফিল্ম চাওক, আৰু ক্লিনিকলৈ ফোন কৰক।
portal-announced-seen = মই এইটো চাইছোঁ
portal-announced-known = বক্সত জনা গ’ল { $time }
portal-announced-came = এছএমএছ { $time }
portal-announced-more = আৰু অন্য ফাইণ্ডিং
portal-alert-open = ক্লিনিকত কোনেও এলাৰ্ট লোৱা নাই।
portal-alert-acknowledged = ক্লিনিকত কোনোবাই এলাৰ্ট লৈছে।
portal-alert-none = ক্লিনিকত কোনো এলাৰ্ট নাছিল।
portal-box-announced = { $count ->
        [one] { $count }টা জৰুৰী ফল এছএমএছেৰে জনোৱা হ’ল; তাৰ ৰেকৰ্ড অহা নাই
       *[other] { $count }টা জৰুৰী ফল এছএমএছেৰে জনোৱা হ’ল; সেইবোৰৰ ৰেকৰ্ড অহা নাই
    }
portal-box-contradictions = { $count ->
        [one] { $count }টা ৰেকৰ্ড তাৰ এছএমএছৰ সৈতে নিমিলে
       *[other] { $count }টা ৰেকৰ্ড সিহঁতৰ এছএমএছৰ সৈতে নিমিলে
    }
portal-box-incomplete = { $count ->
        [one] { $count }টা এছএমএছৰ বাকী আধা অহা নাই
       *[other] { $count }টা এছএমএছৰ বাকী আধা অহা নাই
    }
portal-state-announced = ৰেকৰ্ড আৰু এছএমএছ নিমিলে
    .next = ফিল্ম পঢ়াজনে এইবোৰ পঢ়িবলগীয়া ফিল্মৰ ওপৰত পাব।
review-by = পৰ্টেলৰ পৰা দ্বিতীয় মত: { $name }, { $time }
review-beyond = বক্সটোৱে নেদেখুওৱা কথা দেখিছে: { $findings }। ফিল্মখন আকৌ চাওক।
review-other-film = এইটো এই পৰীক্ষাৰ আন এখন ফটোৰ বিষয়ে, ইয়াত দেখুওৱাখনৰ নহয়।
review-beside = ই বক্সৰ পঠন আৰু ৰিপৰ্টৰ কাষত থাকে, কোনোটোৰে ঠাই নলয়।
review-seen = মই চাইছোঁ
review-seen-help = ইয়াৰ পিছত কোনো চিকিৎসকে স্বাক্ষৰ নকৰা বা ইয়াত চোৱা বুলি নোকোৱালৈকে কাম-তালিকাৰ ওপৰত এই পৰীক্ষা দেখুওৱা হয়।
review-take = এই কথাখিনি লওক
review-alarm = পৰীক্ষা { $number }: পৰ্টেলে বক্সতকৈ বেছি দেখিছে। এজন চিকিৎসকে চাব লাগিব।
review-alarm-mark = পৰ্টেলে বেছি দেখিছে
orders-title = পৰ্টেলে যি বিচাৰিছে
orders-intro = পৰ্টেলে এই বক্সৰ পৰা যি যি বিচাৰিছে, আৰু তাৰ কি হ’ল। ইয়াত ৰোগীৰ বিষয়ে একো দেখুওৱা নহয়।
orders-set-title = পৰ্টেলৰ পৰা চলি থকা ছেটিং
orders-list-title = আদেশ
orders-none = পৰ্টেলে একো বিচৰা নাই।
order-kind-wipe = এই বক্সৰ সকলো নষ্ট কৰা
order-kind-review = এখন ফিল্মৰ দ্বিতীয় মত
order-kind-settings = ছেটিঙৰ সলনি
order-kind-support = সহায়ক দলে বক্সৰ অৱস্থা চাব বিচাৰে
order-kind-bundle = পৰ্টেলৰ পৰা নতুন সংস্কৰণ
order-kind-withdraw_bundle = পৰ্টেলে এটা সংস্কৰণ ঘূৰাই লয়
order-kind-other = এই প্ৰগ্ৰামে নজনা কিবা: { $kind }
order-sent = বক্সটোৱে এতিয়াও নাজানে
order-kept = ৰখা হৈছে, কৰা হোৱা নাই
order-waiting = এজনৰ উত্তৰৰ অপেক্ষাত
order-agreed = সন্মতি দিয়া হ’ল, পৰ্টেললৈ গৈ আছে
order-done = হ’ল
order-refused = কৰা নহ’ল
order-withdrawn = ঘূৰাই লোৱা হৈছে
order-untold = পৰ্টেলে এতিয়াও নাজানে
order-refused-unreadable = এই প্ৰগ্ৰামে ইয়াক পঢ়িব নোৱাৰে
order-refused-study_unknown = ইয়াত তেনে পৰীক্ষা নাই
order-refused-setting_unknown = পৰ্টেলে এই ছেটিং সলনি কৰিব নোৱাৰে
order-refused-setting_invalid = ছেটিঙৰ এই মান হ’ব নোৱাৰে
order-refused-expired = পিছৰ আদেশ আগতে আহিছে
order-refused-declined = ইয়াত কোনোবাই নাকচ কৰিছে
order-refused-bad_signature = বক্সে বিশ্বাস কৰা কোনেও স্বাক্ষৰ কৰা নাই
order-refused-damaged = যি আহিল সি নষ্ট, বা যি বিচৰা হৈছিল সেয়া নহয়
order-refused-older = বক্সত ইয়াতকৈ নতুন সংস্কৰণ আছে
order-refused-other_machine = ই আন ধৰণৰ বক্সৰ বাবে
order-refused-from_too_old = বক্সৰ সংস্কৰণ ইয়াৰ বাবে বেছি পুৰণি
order-refused-from_too_new = বক্সৰ সংস্কৰণ ই আশা কৰাতকৈ নতুন
order-refused-database_newer = ই বক্সৰ ডাটাবেচ চিনি নাপায়
order-refused-no_room = ডিস্কত ঠাই বৰ কম
order-refused-no_slots = বক্সটো আপডেটৰ বাবে সাজু কৰা হোৱা নাই
order-refused-trial_failed = নকলত চলাই চাওঁতে বিফল হ’ল
order-refused-went_back = ই আৰম্ভ নহ’ল; বক্সটো পুৰণিটোলৈ উভতি গ’ল
order-refused-install_failed = বহুৱাওঁতে কিবা বিফল হ’ল
order-refused-withdrawn = পৰ্টেলে ইয়াক ঘূৰাই লৈছে
order-refused-consent_ended = পৰ্টেলে ফাইল পোৱাৰ আগতে সন্মতি শেষ হ’ল
order-times = আদেশ { $number } · তৈয়াৰ { $made } · আহিল { $taken }
order-set = { $setting }: { $value } · ঠিক কৰিছে { $name } · { $time } · আদেশ { $number }
portal-setting-support_contact = কাক ফোন কৰিব
portal-setting-metered = পঠাওঁতে খৰচ হয় (ফিল্ম অপেক্ষা কৰে)
portal-setting-budget_mib_per_day = এদিনৰ সীমা, মেবিবাইট
support-asked = পৰ্টেলৰ { $name }এ বিচাৰে যে সহায়ক দলে { $count } ঘণ্টা এই বক্সৰ অৱস্থা চাওক
support-asked-next = যিয়ে বক্স আপডেট কৰিব পাৰে তেওঁ সহায়ৰ পৃষ্ঠাত উত্তৰ দিয়ক।
support-allow = হয়, এই সময়ৰ বাবে
support-decline = নহয়

## What a portal proposes, keys that change, orders that cannot be trusted
credit-title = ৰিপৰ্টত নাম
credit-help = যাৰ কথা আপুনি লৈছে, তেওঁৰ নাম আপোনাৰ স্বাক্ষৰৰ কাষত থাকে। তেওঁৰ কোনো কথা নাথাকিলে চিহ্নটো আঁতৰাওক।
credit-review = { $name }ৰ দ্বিতীয় মতৰ কথাৰে, { $time }
credit-amendment = পৰ্টেলৰ { $name }ৰ প্ৰস্তাৱ অনুসৰি, { $time }
proposal-by = পৰ্টেলৰ পৰা সংস্কৰণ { $version } সংশোধনৰ প্ৰস্তাৱ: { $name }, { $time }
proposal-why = কাৰণ:
proposal-older = এইটো পুৰণি সংস্কৰণৰ বিষয়ে: ইয়াৰ পিছত আন এটাত স্বাক্ষৰ কৰা হৈছে। সিদ্ধান্তৰ আগতে দুয়োটা মিলাই চাওক।
proposal-beside = ই নিজে একো সলনি নকৰে। ইয়াৰ এজন চিকিৎসকে ইয়াক লয় বা নাকচ কৰে।
proposal-take = চাওক আৰু লওক
proposal-decline = নাকচ কৰক
proposal-decline-why = কিয় নাকচ কৰিছে?
proposal-decline-help = এই কথাখিনি পৰ্টেলক জনোৱা হয়।
proposal-decline-send = নাকচ কৰক
proposal-taken = { $name }এ সংস্কৰণ { $version }ত লৈছে, { $time }
proposal-declined = { $name }এ নাকচ কৰিছে, { $time }: { $reason }
proposal-filled = প্ৰপত্ৰখনত { $name }এ যি প্ৰস্তাৱ কৰিছে সেয়া আছে। সকলো চাই নিজৰ সংশোধন হিচাপে স্বাক্ষৰ কৰক, নাইবা পৃষ্ঠা এৰি যাওক।
proposal-over-draft = আগতে ৰখা আৰু স্বাক্ষৰ নকৰা কথাৰ ঠাইত ইয়াত ৰখাখিনি বহিব।
proposal-alarm = পৰীক্ষা { $number }: পৰ্টেলে স্বাক্ষৰ কৰা ৰিপৰ্ট সংশোধনৰ প্ৰস্তাৱ কৰিছে। এজন চিকিৎসকে উত্তৰ দিব লাগিব।
proposal-mark = সংশোধনৰ প্ৰস্তাৱ
alert-by-portal = পৰ্টেলৰ এজন ৰেডিঅ’লজিষ্টে এইটো দেখিছে।
order-kind-amendment = স্বাক্ষৰ কৰা ৰিপৰ্ট সংশোধনৰ প্ৰস্তাৱ
order-kind-rotate = এই বক্সৰ নতুন চাবি
order-kind-portal_key = পৰ্টেলৰ নতুন চাবি
order-refused-version_unknown = ইয়াত ৰিপৰ্টৰ তেনে সংস্কৰণ নাই
order-refused-unverifiable = পৰ্টেলে এই বক্সৰ বাবে ইয়াত স্বাক্ষৰ কৰা নাই, বা ইয়াক ৰাখিব নোৱাৰি
orders-parked-title = বিশ্বাস কৰিব নোৱাৰা আদেশ
orders-parked-what = এইবোৰ পৰ্টেলৰ নামত আহিছে, কিন্তু সি এই বক্সৰ বাবে স্বাক্ষৰ কৰা নাই, বা এইবোৰ ৰাখিব নোৱাৰি। এইবোৰৰ বাবে একো কৰা নহয়। পৰ্টেল চলোৱাজনক জনাওক।
order-parked-times = আদেশ { $number } · আহিল { $taken }
box-key-title = এই বক্সৰ চাবি
box-name-line = নাম: { $name }
box-key-line = চাবি: { $key }… · এতিয়ালৈ সলনি: { $count } বাৰ
box-key-waits = এটা নতুন চাবি অপেক্ষাত আছে। পৰ্টেলে জনাৰ লগে লগে সেইটো কামত লাগে।
box-key-help = চাবিৰে বক্সটোৱে পৰ্টেলক প্ৰমাণ দিয়ে যে সি কোন। নতুন চাবিয়ে তাৰ ঠাই লয়, একো আকৌ পঠোৱা নহয়। চুৰিৰ পিছত পৰ্টেলে বক্সটো বাহিৰ কৰিব লাগিব।
box-key-new = নতুন চাবি বনাওক
carry-orders = ইয়াত পৰ্টেলৰ আদেশ: { $count }টা।
portal-amend-title = সংশোধনৰ প্ৰস্তাৱ কৰক
portal-amend-open = সংশোধনৰ প্ৰস্তাৱ কৰক
portal-amend-back = ফিল্মলৈ উভতি যাওক
portal-amend-by = সংশোধনৰ প্ৰস্তাৱ: { $name }, { $time }
portal-amend-help = বক্সৰ চিকিৎসকে যি স্বাক্ষৰ কৰিছে তাৰেই প্ৰপত্ৰখন আৰম্ভ হয়। যি আপুনি বেলেগ দেখিছে সেয়া সলনি কৰক।
portal-amend-send-help = স্বাক্ষৰ কৰা ৰিপৰ্ট যেনে আছে তেনেই থাকে। প্ৰস্তাৱ বক্সলৈ যায়, তাত এজন চিকিৎসকে ইয়াক লয় বা নাকচ কৰে।
portal-amend-send = এই প্ৰস্তাৱ পঠিয়াওক
portal-amend-given = বক্সটোৱে পিছৰবাৰ যোগাযোগ কৰিলে প্ৰস্তাৱটো তালৈ যাব।
portal-amend-newer = ইয়াৰ পিছত বক্সত আন এটা সংস্কৰণ স্বাক্ষৰ কৰা হৈছে। একো পঠোৱা নহ’ল: নতুন সংস্কৰণ চাওক, তাৰ পিছত আকৌ প্ৰস্তাৱ কৰক।
portal-amend-no-reason = ৰিপৰ্ট কিয় সলনি কৰিব লাগে সেয়া কওক।
carry-ask = পৰ্টেলৰ আদেশ বিচৰা ফাইল ৰাখক
# বক্সৰ বাহিৰে আনে প’ৰ্টেললৈ যি পঠায়, আৰু যি DHIS2লৈ যায়।
portal-foreign-title = আন ব্যৱস্থাৰ ফিল্ম
portal-foreign-intro = এটা ইমেজিং ব্যৱস্থাই পঠিয়াইছে, যাৰ হাতত এই প’ৰ্টেলৰ চাবি আছে। কোনো বক্সে এই ফিল্ম পঢ়া নাই, আৰু ইয়াত ইয়াৰ ওপৰত মত দিব নোৱাৰি।
portal-foreign-conflict = একেটা নম্বৰত দুটা বেলেগ বিষয়বস্তু আহিছে। দুয়োটা ৰখা আৰু দেখুওৱা হৈছে: যিয়ে পঠিয়াইছে তেওঁক সোধক।
portal-foreign-conflict-mark = দুটা বিষয়বস্তু
portal-foreign-alt = আন ব্যৱস্থাৰ পৰা অহা ফিল্মৰ ছবি; সম্পূৰ্ণ আকাৰত চাবলৈ খোলক
portal-foreign-others = এই পৰীক্ষাৰ আৰু { $count }টা বস্তুত ছবি নাই।
portal-sources-title = আন ব্যৱস্থা
portal-source-held = { $objects }টা DICOM বস্তু আৰু { $bundles }টা FHIR বাণ্ডল ৰখা আছে
portal-source-closed = আৰু পঠাব নোৱাৰে
portal-source-conflicts = { $count }টা বস্তু এনে নম্বৰত আহিছে যাৰ দুটা বিষয়বস্তু; সকলো ৰখা আছে
portal-dhis2-title = DHIS2ৰ বাবে
portal-dhis2-since = যি ফিল্মৰ কিবা এই দিনত বা পিছত আহিছে; খালী: সকলো
portal-dhis2-save = ফাইল সাঁচক
# পৰ্টেলৰ পৃষ্ঠাত কাৰ্যসূচীৰ হিচাপ।
programme-title = কাৰ্যসূচী
programme-intro = এই পৰ্টেলৰ বক্সবোৰে যি পঠাইছে, সংখ্যাত। ইয়াত কাৰো নাম নাই।
programme-period = সপ্তাহ
programme-weeks = যোৱা { $count } সপ্তাহ
programme-site = কেন্দ্ৰ
programme-all-sites = সকলো কেন্দ্ৰ
programme-show = দেখুৱাওক
programme-look-title = চাবলগীয়া কথা
programme-films = ফিল্ম
programme-signed = চহী কৰা ৰিপৰ্ট আছে
programme-photos-refused = নাকচ হোৱা ফটো
programme-unscored = যক্ষ্মাৰ স্ক’ৰ নাই
programme-suspects = যক্ষ্মাৰ সন্দেহ থকা মানুহ
programme-tested = টেষ্ট হৈছে
programme-undated = নিশ্চিত তাৰিখ নোহোৱা
programme-undated-help = বক্সৰ ঘড়ীৰ সময় নিশ্চিত নাছিল। এইবোৰ ইয়াতেই গণা হয়, কোনো সপ্তাহত নহয়।
programme-answer = এলাৰ্টৰ পৰা উত্তৰলৈ
programme-untimed = উত্তৰৰ সময় নিশ্চিত নহয়
programme-all = এই সকলো সপ্তাহ
programme-no-time = নিশ্চিত সময় নাই
programme-hours = { $count } ঘণ্টা
programme-of = { $whole }ৰ ভিতৰত { $part }
programme-people-note = প্ৰতিজন মানুহ এবাৰ গণা হয়, যি সপ্তাহত প্ৰথম ফিল্মত সন্দেহ হৈছিল; তাৰ পিছৰ 90 দিনৰ ফিল্ম, টেষ্ট আৰু ফলাফল তাৰেই অংশ। 5তকৈ কম হ’লে শতাংশ দেখুওৱা নহয়।
programme-voided = বাতিল কৰা { $count }টা অধ্যয়ন গণা হোৱা নাই।
programme-chart-films = প্ৰতি সপ্তাহৰ ফিল্ম, যক্ষ্মাৰ স্ক’ৰ অনুসৰি
programme-chart-cascade = সন্দেহৰ পৰা নিশ্চিত হোৱালৈ, সপ্তাহ অনুসৰি
programme-numbers = একেই কথা সংখ্যাত
programme-week = সপ্তাহ
programme-by-site = কেন্দ্ৰ অনুসৰি
programme-csv = স্প্ৰেডশ্বীটৰ বাবে তালিকা (CSV)
programme-table-below = সংখ্যাবোৰ তলত আছে।
programme-band-age = বয়স বৰ কম, বা বয়স জনা নাই
programme-band-model = নেটৱৰ্কে কোনো সিদ্ধান্ত নিদিয়ে
programme-band-unsaid = বক্সে কাৰণ কোৱা নাই
programme-band-no_reading = এতিয়ালৈকে কোনো ফটো পঢ়িব পৰা নাই
programme-band-coming = ৰিডিং এতিয়াও অহা নাই
programme-look-quiet = { $days } দিন ধৰি কোনো ফিল্ম নাই
    .next = ক্লিনিকলৈ ফোন কৰক: বক্সটো চলি আছে নে, পোহৰ ঠিকে আছে নে, কাৰোবাক সহায় লাগে নে?
programme-look-never = যোগ হোৱাৰ পৰা কোনো ফিল্ম নাই
    .next = ক্লিনিকলৈ ফোন কৰক: বক্সটো লগোৱা হৈছে নে, কোনোবাই চলাব জানে নে?
programme-look-refused = যোৱা 4 সপ্তাহৰ ফটোৰ { $share } নাকচ হৈছে
    .next = এটা নাকচ হোৱা ফটো খোজক আৰু তাৰ মানুহৰ সৈতে সহায়ৰ পৃষ্ঠাখন চাওক: পোহৰ, দূৰত্ব, স্থিৰ হাত।
programme-look-share = যোৱা 4 সপ্তাহৰ স্ক’ৰৰ { $now } সীমাৰ ওপৰত; ইয়াত সাধাৰণতে { $usual }
    .next = কি সলনি হৈছে সোধক: বেলেগ ৰোগী, বেলেগ ভিউয়িং বক্স বা ফোন, বেলেগ নেটৱৰ্ক। কেইখনমান ফিল্ম চিকিৎসকক দেখুৱাওক।
programme-look-undated = { $count }খন ফিল্মৰ নিশ্চিত তাৰিখ নাই
    .next = বক্সৰ ঘড়ী মিলাই দিয়াওক, বা টাইম ছাৰ্ভাৰৰ সৈতে যোগ কৰাওক: এলাৰ্টৰ সময়ো পোৱা নাযায়।
programme-more-sites = আৰু { $count }টা কেন্দ্ৰ দেখুওৱা হোৱা নাই: বেলেগ স্তম্ভ অনুসৰি সজাওক, বা তলৰ তালিকা লওক।
programme-more-looks = আৰু { $count }টা দেখুওৱা হোৱা নাই: এটা কেন্দ্ৰ বাছক।
portal-state-unwell = বক্সত এজন মানুহৰ প্ৰয়োজন
    .next = কি হৈছে তলত লিখা আছে। কি কৰিব লাগে তাৰ “বক্সটোৰ অৱস্থা” পৃষ্ঠাত আছে।
portal-box-models = নেটৱৰ্ক: { $models }
portal-box-passed-over = বাছি লোৱা যিবোৰ নেটৱৰ্ক ব্যৱহাৰ কৰিব পৰা নগ’ল: { $count }
portal-box-hot = বক্সটো বৰ গৰম
