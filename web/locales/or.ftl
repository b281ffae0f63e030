# Odia texts of Fieldray. Not yet checked by a clinician whose language this is.

## Frame of every page

app-name = Fieldray
skip-to-content = ସିଧା ମୁଖ୍ୟ ଅଂଶକୁ ଯାଆନ୍ତୁ
nav-worklist = କାମ ତାଲିକା
nav-operators = ବ୍ୟବହାରକାରୀ
nav-help = ସାହାଯ୍ୟ
nav-review = ଦସ୍ତଖତ ପାଇଁ ରିପୋର୍ଟ
nav-about = ବିବରଣୀ
language = ଭାଷା
log-out = ଲଗ୍ ଆଉଟ୍ କରନ୍ତୁ
logged-in-as = ଲଗ୍ ଇନ୍: { $name }
footer-not = ନିଷ୍ପତ୍ତି ନେଉଥିବା ବ୍ୟକ୍ତିଙ୍କୁ ସାହାଯ୍ୟ କରେ। ସ୍କୋର ରୋଗୀଙ୍କ ବିଷୟରେ ନିଷ୍ପତ୍ତି ନୁହେଁ।
fault-code = କୋଡ୍ { $code }
fault-next-title = ଏବେ କ’ଣ କରିବେ
fault-back = କାମ ତାଲିକାକୁ ଫେରନ୍ତୁ
fault-title = ଏହା ହୋଇପାରିଲା ନାହିଁ
form-fault-title = ଦୟାକରି ଫର୍ମଟି ଦେଖି ନିଅନ୍ତୁ
time-local = { $day } { $month } { $year }, { $time }
time-unsynced = ଘଣ୍ଟାର ସମୟ ନିଶ୍ଚିତ ନୁହେଁ
month-1 = ଜାନୁଆରୀ
month-2 = ଫେବୃଆରୀ
month-3 = ମାର୍ଚ୍ଚ
month-4 = ଅପ୍ରେଲ
month-5 = ମଇ
month-6 = ଜୁନ
month-7 = ଜୁଲାଇ
month-8 = ଅଗଷ୍ଟ
month-9 = ସେପ୍ଟେମ୍ବର
month-10 = ଅକ୍ଟୋବର
month-11 = ନଭେମ୍ବର
month-12 = ଡିସେମ୍ବର

## First start and login

setup-title = ଏହି ବକ୍ସକୁ ପ୍ରସ୍ତୁତ କରନ୍ତୁ
setup-intro = ଏବେ ଆପଣ ପ୍ରଥମ ଆକାଉଣ୍ଟ ତିଆରି କରିବେ। ସେହି ଆକାଉଣ୍ଟରୁ ପରେ ଅନ୍ୟ ବ୍ୟବହାରକାରୀଙ୍କୁ ଯୋଡ଼ିହେବ।
setup-code = ପ୍ରଥମ ଲଗ୍ ଇନ୍ କୋଡ୍
setup-code-help = ଆଠଟି ଅଙ୍କ, ବକ୍ସ ସହ ଆସିଥିବା କାଗଜରେ। ହାତରେ ଲଗାଯାଇଥିବା ବକ୍ସ ସେଗୁଡ଼ିକୁ ନିଜ କନସୋଲରେ ଛାପେ।
operator-name = ଆପଣଙ୍କ ନାମ
pin = ପିନ୍
pin-help = 4 ରୁ 12 ଅଙ୍କର PIN, କିମ୍ବା ଅତି କମରେ 8 ଅକ୍ଷରର ପାସୱାର୍ଡ। ଏହା କାହାକୁ ଜଣାନ୍ତୁ ନାହିଁ।
pin-again = ସେଇଟି ପୁଣି ଥରେ
setup-submit = ପ୍ରସ୍ତୁତ କରି ଲଗ୍ ଇନ୍ କରନ୍ତୁ
login-title = ଲଗ୍ ଇନ୍
login-who = ଆପଣ କିଏ?
login-submit = ଲଗ୍ ଇନ୍ କରନ୍ତୁ
login-wait = ବହୁତ ଥର ଭୁଲ ଲେଖାଯାଇଛି: { $seconds ->
        [one] { $seconds } ସେକେଣ୍ଡ
       *[other] { $seconds } ସେକେଣ୍ଡ
    } ଅପେକ୍ଷା କରନ୍ତୁ, ତାପରେ ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ।

## One's own account, and the phone that locks

passcode = PIN କିମ୍ବା ପାସୱାର୍ଡ
passcode-new = ନୂଆ PIN କିମ୍ବା ପାସୱାର୍ଡ
login-letters = ମୋ ପାସୱାର୍ଡରେ ଅକ୍ଷର ଅଛି
nav-switch = ବ୍ୟକ୍ତି ବଦଳାନ୍ତୁ
lock-title = ଲକ୍ ହୋଇଛି
lock-who = { $name }: ଏହି ଫୋନ କିଛି ସମୟ ହେଲା ବ୍ୟବହାର ହୋଇନାହିଁ। ଆଗକୁ ବଢ଼ିବା ପାଇଁ ନିଜ PIN କିମ୍ବା ପାସୱାର୍ଡ ଲେଖନ୍ତୁ।
lock-kept = ଆପଣ ଯାହା ଲେଖିଥିଲେ ତାହା ରଖାଯାଇଛି ଏବଂ ଲକ୍ ଖୋଲିବା ମାତ୍ରେ ପଠାଯିବ।
lock-submit = ଲକ୍ ଖୋଲନ୍ତୁ
passcode-title = ନିଜ PIN କିମ୍ବା ପାସୱାର୍ଡ ବାଛନ୍ତୁ
passcode-given = ଆପଣ ବ୍ୟବହାର କରିଥିବା PIN ଅନ୍ୟ ଜଣେ ତିଆରି କରିଥିଲେ। ଏପରି ଗୋଟିଏ ବାଛନ୍ତୁ ଯାହା କେବଳ ଆପଣ ଜାଣନ୍ତି: ତାହା ଆପଣଙ୍କ ନାମ ବଦଳରେ ଧରାଯାଏ।
passcode-intro = ଏହା ଆପଣଙ୍କ ନାମ ବଦଳରେ ଧରାଯାଏ। ଏହା ବଦଳାଇଲେ ଆପଣଙ୍କ ଅନ୍ୟ ଫୋନଗୁଡ଼ିକ ଲଗ୍ ଆଉଟ୍ ହୋଇଯାଏ।
passcode-old = ଏପର୍ଯ୍ୟନ୍ତ ଥିବା PIN କିମ୍ବା ପାସୱାର୍ଡ
passcode-submit = ସେଭ୍ କରନ୍ତୁ
account-title = ମୋ ଆକାଉଣ୍ଟ
account-passcode = PIN କିମ୍ବା ପାସୱାର୍ଡ ବଦଳାନ୍ତୁ
account-passcode-chosen = ଆପଣଙ୍କ ନୂଆ PIN କିମ୍ବା ପାସୱାର୍ଡ ଲାଗୁ ହୋଇଛି।
sessions-title = କେଉଁଠି ଲଗ୍ ଇନ୍ ଅଛି
sessions-help = ଯାହାକୁ ଆପଣ ଚିହ୍ନନ୍ତି ନାହିଁ କିମ୍ବା ଆଉ ବ୍ୟବହାର କରନ୍ତି ନାହିଁ, ତାହା ବନ୍ଦ କରନ୍ତୁ।
sessions-none = ଏବେ କେଉଁଠି ନାହିଁ।
session-device = ଅଜଣା ଡିଭାଇସ
session-here = ଏହି ଫୋନ
session-times = ଲଗ୍ ଇନ୍ { $opened }, ଶେଷ ବ୍ୟବହାର { $seen }
session-end = ସେଠାରେ ଲଗ୍ ଆଉଟ୍ କରନ୍ତୁ
session-ended = ସେହି ଫୋନ ଲଗ୍ ଆଉଟ୍ ହୋଇଛି।
operator-title = ଆକାଉଣ୍ଟ
operator-active = ଏହି ବ୍ୟକ୍ତି ଲଗ୍ ଇନ୍ କରିପାରିବେ।
operator-given = ଏହି ବ୍ୟକ୍ତିଙ୍କୁ ପରବର୍ତ୍ତୀ ଲଗ୍ ଇନ୍ ବେଳେ ନିଜ PIN କିମ୍ବା ପାସୱାର୍ଡ ବାଛିବାକୁ ହେବ।
operator-closed = ବନ୍ଦ: ଏହି ବ୍ୟକ୍ତି ଲଗ୍ ଇନ୍ କରିପାରିବେ ନାହିଁ।
operator-own = ଏହା ଆପଣଙ୍କ ନିଜ ଆକାଉଣ୍ଟ।
operator-role-submit = ଭୂମିକା ସେଭ୍ କରନ୍ତୁ
operator-rename-submit = ନାମ ସେଭ୍ କରନ୍ତୁ
operator-reset = PIN କିମ୍ବା ପାସୱାର୍ଡ ଭୁଲିଗଲେ
operator-reset-help = ଥରେ ଲଗ୍ ଇନ୍ ପାଇଁ ଗୋଟିଏ PIN ଦିଅନ୍ତୁ। ବ୍ୟକ୍ତି ଜଣକ ତାହା ଦ୍ୱାରା ନୂଆଟିଏ ବାଛନ୍ତି ଏବଂ ସେ ପର୍ଯ୍ୟନ୍ତ ସବୁଠାରେ ଲଗ୍ ଆଉଟ୍ ରହନ୍ତି।
operator-reset-submit = ଏହି PIN ଦିଅନ୍ତୁ
operator-close-help = ବନ୍ଦ କଲେ ବ୍ୟକ୍ତି ଜଣକ ତୁରନ୍ତ ସବୁଠାରେ ଲଗ୍ ଆଉଟ୍ ହୋଇଯାଆନ୍ତି। ସେ ଯାହା କରିଛନ୍ତି ସବୁ ସେହି ନାମରେ ରହେ।
operator-close = ଆକାଉଣ୍ଟ ବନ୍ଦ କରନ୍ତୁ
operator-reopen-help = ବ୍ୟକ୍ତି ଜଣକ ସେହି PIN କିମ୍ବା ପାସୱାର୍ଡ ଦେଇ ପୁଣି ଲଗ୍ ଇନ୍ କରିପାରିବେ।
operator-reopen = ଆକାଉଣ୍ଟ ପୁଣି ଖୋଲନ୍ତୁ

## After the film

followup-title = ପରବର୍ତ୍ତୀ ଯାଞ୍ଚ
followup-study-title = ଟେଷ୍ଟ ଓ ପରିଣାମ
followup-intro = ଯେଉଁମାନଙ୍କ ଫିଲ୍ମରୁ କିଛି ସନ୍ଦେହ ହେଉଛି, କୌଣସି ଟେଷ୍ଟ କିମ୍ବା ପରିଣାମ ତାହା ସ୍ଥିର କରିବା ପର୍ଯ୍ୟନ୍ତ।
followup-none = କିଛି ବାକି ନାହିଁ।
followup-overdue = ବହୁତ ଦିନରୁ ବାକି
followup-waiting = ବାକି
followup-late = ଡେରି ହୋଇଛି
followup-more = ମୋଟ { $count } ଜଣ ବାକି ଅଛନ୍ତି; ଯେଉଁମାନେ ସବୁଠାରୁ ଅଧିକ ଦିନ ଅପେକ୍ଷା କରିଛନ୍ତି, ସେମାନଙ୍କୁ ଦେଖାଯାଇଛି।
followup-open = ବାକି
followup-settled = ଏହି ରୋଗୀଙ୍କ ପାଇଁ କିଛି ବାକି ନାହିଁ।
followup-films = { $count ->
        [one] ପରୀକ୍ଷା { $numbers }
       *[other] ପରୀକ୍ଷାଗୁଡ଼ିକ { $numbers }
    }
followup-once = ଏଠାରେ ଯାହା ଲେଖାଯାଏ ତାହା ଏହି ରୋଗୀଙ୍କ ସେହି ସବୁ ଫିଲ୍ମ ପାଇଁ ଲାଗୁ ହୁଏ ଯେଉଁଥିରେ ସେହି ପ୍ରଶ୍ନ ବାକି ଅଛି।
followup-by-box = ବକ୍ସ ଅନୁସାରେ, ଡାକ୍ତର ନିଶ୍ଚିତ କରିନାହାନ୍ତି
followup-by-physician = ଡାକ୍ତରଙ୍କ ଅନୁସାରେ
followup-by-order = ଟେଷ୍ଟ ଲେଖାଯାଇଥିଲା
followup-loop = ସନ୍ଦେହ: { $suspicion }, { $who }, { $days ->
        [one] { $days } ଦିନ ହେଲା
       *[other] { $days } ଦିନ ହେଲା
    }
followup-entry = { $name }, { $time }
followup-order = ଟେଷ୍ଟ ଲେଖନ୍ତୁ
followup-order-help = ଥରେ ଦବାଇଲେ ଟେଷ୍ଟ ଲେଖାଗଲା ବୋଲି ଟିପି ରଖାଯାଏ। ସନ୍ଦେହ ସହ ମେଳ ଖାଉଥିବା ଟେଷ୍ଟ ଆଗରେ ଅଛି।
followup-ordered = ଲେଖାଯାଇଛି:
followup-result = ଫଳ
followup-correct = ଫଳ ଠିକ୍ କରନ୍ତୁ
suspicion-tuberculosis = ଟିବି (ଯକ୍ଷ୍ମା)
suspicion-covid19 = COVID-19
suspicion-nodule = ନୋଡ୍ୟୁଲ କିମ୍ବା ମାସ୍ (ଗଣ୍ଠି)
waits-order-tuberculosis = ଟିବି ପାଇଁ କୌଣସି ଟେଷ୍ଟ ଲେଖାଯାଇନାହିଁ
waits-order-covid19 = COVID-19 ପାଇଁ କୌଣସି ଟେଷ୍ଟ ଲେଖାଯାଇନାହିଁ
waits-order-nodule = କୌଣସି CT ଲେଖାଯାଇନାହିଁ
waits-result = { $test }: ଫଳ ଏପର୍ଯ୍ୟନ୍ତ ଆସିନାହିଁ
waits-repeat = { $test }: ପୁଣି କରିବାର ଅଛି
waits-better = { $test } ନେଗେଟିଭ୍ ଆସିଲା, ଏଥିରୁ ରୋଗ ନାହିଁ ବୋଲି କହିହେବ ନାହିଁ: { $better } ଲେଖନ୍ତୁ
test-xpert = Xpert କିମ୍ବା ଟ୍ରୁନାଟ୍
test-smear = କଫ (ଖଙ୍କାର) ସ୍ମିୟର
test-rt_pcr = RT-PCR
test-rapid_antigen = ରାପିଡ୍ ଆଣ୍ଟିଜେନ୍ ଟେଷ୍ଟ
test-ct = ଛାତିର CT
result-positive = ପଜିଟିଭ୍
result-positive_resistant = ପଜିଟିଭ୍, ରିଫାମ୍ପିସିନ୍ ପ୍ରତିରୋଧୀ
result-negative = ନେଗେଟିଭ୍
result-inconclusive = ଅସ୍ପଷ୍ଟ, ପୁଣି କରିବାର ଅଛି
result-not_done = କରାଯାଇନାହିଁ
result-ct-positive = ସନ୍ଦେହ ନିଶ୍ଚିତ ହେଲା
result-ct-negative = ସନ୍ଦେହଜନକ କିଛି ନାହିଁ
outcome-title = ଶେଷରେ କ’ଣ ହେଲା
outcome-none = ଏପର୍ଯ୍ୟନ୍ତ ଲେଖାଯାଇନାହିଁ।
outcome-record = ଶେଷରେ କ’ଣ ହେଲା ଲେଖନ୍ତୁ
outcome-tb_confirmed = ଟିବି (ଯକ୍ଷ୍ମା), ଟେଷ୍ଟରୁ ନିଶ୍ଚିତ
outcome-tb_clinical = ଟିବି (ଯକ୍ଷ୍ମା), ଟେଷ୍ଟ ଫଳ ବିନା ଚିକିତ୍ସା
outcome-covid19 = COVID-19
outcome-other_disease = ଅନ୍ୟ ରୋଗ
outcome-no_disease = ଛାତିର କୌଣସି ରୋଗ ନାହିଁ
outcome-referred = ଅନ୍ୟ ଡାକ୍ତରଖାନାକୁ ପଠାଗଲା
outcome-lost = ରୋଗୀଙ୍କ ସହ ଯୋଗାଯୋଗ ହୋଇପାରିଲା ନାହିଁ
outcome-died = ରୋଗୀଙ୍କ ମୃତ୍ୟୁ ହେଲା

## Alerts

alerts-title = ଆଲର୍ଟ
alerts-none = କୌଣସି ଆଲର୍ଟ ଖୋଲା ନାହିଁ।
alerts-more = ମୋଟ { $count }ଟି ଆଲର୍ଟ ଖୋଲା ଅଛି; ସବୁଠାରୁ ଜରୁରୀଗୁଡ଼ିକ ଦେଖାଯାଇଛି।
alerts-recent = ଦାୟିତ୍ୱ ନିଆଯାଇଛି
alert-title = ଆଲର୍ଟ
alert-number = ଆଲର୍ଟ { $number }
alert-raised = ପରୀକ୍ଷା { $study }, ମିଳିଲା { $time }
alert-red = କେହି ଉତ୍ତର ଦେଇନାହାନ୍ତି
alert-siren = ଗୁରୁତର ଆଲର୍ଟର କେହି ଉତ୍ତର ଦେଇନାହାନ୍ତି। କେହି ଜଣେ ଏବେ ଦେଖିବା ଦରକାର।
alert-open-study = ଫିଲ୍ମ ଖୋଲନ୍ତୁ
alert-taken-by = { $name } ଦାୟିତ୍ୱ ନେଲେ, { $time }, { $method }
alert-timeline = କ’ଣ ହେଲା
alert-messages = ମେସେଜ୍
alert-messages-none = କୌଣସି ମେସେଜ୍ ପଠାଯାଇନାହିଁ: ଯାହା ପାଖରେ ପହଞ୍ଚିବାର ଉପାୟ ଅଛି, ଏପରି କେହି ନାହାନ୍ତି।
alert-class-critical = ଗୁରୁତର, ଏବେ ଦେଖନ୍ତୁ
alert-class-suspect = ଆଜି ଦେଖନ୍ତୁ
alert-class-digest = ଦୈନିକ ସାରାଂଶରେ
alert-repeat = ପୁଣି ଥରେ: ଏହି ମେସେଜ୍ ଆଗରୁ ପହଞ୍ଚିଥାଇପାରେ।
alert-headline = ଆଲର୍ଟ { $number } { $site }
alert-study = ପରୀକ୍ଷା { $study }
alert-decides = ବକ୍ସ ଗୋଟିଏ ଫିଲ୍ମକୁ ଦର୍ଶାଏ। ବ୍ୟକ୍ତି ନିଷ୍ପତ୍ତି ନିଅନ୍ତି।
alert-sms = { $repeat ->
        [0] ଆଲର୍ଟ { $number } { $site } ପରୀକ୍ଷା { $study }: { $class }। ଉତ୍ତର OK { $number }
       *[other] ପୁଣି: ଆଲର୍ଟ { $number } { $site } ପରୀକ୍ଷା { $study }: { $class }। ଉତ୍ତର OK { $number }
    }
alert-taken-over = ଆଲର୍ଟ { $number }: { $name } ଦାୟିତ୍ୱ ନେଲେ, { $time }
alert-test = { $site } ରୁ ଟେଷ୍ଟ ମେସେଜ୍। କିଛି କରିବାକୁ ହେବ ନାହିଁ।
alert-digest = { $site }: { $count ->
        [one] { $count }ଟି ଆଲର୍ଟ ଖୋଲା ଅଛି
       *[other] { $count }ଟି ଆଲର୍ଟ ଖୋଲା ଅଛି
    }
alert-button-ack = ମୁଁ ଦାୟିତ୍ୱ ନେଉଛି
alert-button-pass = ମୋର ନୁହେଁ
alert-button-open = ଖୋଲନ୍ତୁ
alert-ack-yours = ଆଲର୍ଟ { $number } ଏବେ ଆପଣଙ୍କର।
alert-ack-others = ଆଲର୍ଟ { $number } ର ଦାୟିତ୍ୱ { $name } ଆଗରୁ ନେଇଛନ୍ତି।
alert-passed-on = ଟିପି ରଖାଗଲା। ପରବର୍ତ୍ତୀ ବ୍ୟକ୍ତିଙ୍କୁ ଜଣାଯାଉଛି।
alert-not-understood = OK ଓ ଆଲର୍ଟର ନମ୍ବର ଲେଖନ୍ତୁ।
alert-event-raised = ମିଳିଲା
alert-event-queued = ଜଣାଇବାର ଅଛି
alert-event-sent = ମେସେଜ୍ ବକ୍ସରୁ ଗଲା
alert-event-delivered = ମେସେଜ୍ ଫୋନରେ ଅଛି
alert-event-failed = ମେସେଜ୍ ଗଲା ନାହିଁ
alert-event-passed_on = ଅନ୍ୟଙ୍କୁ ଦିଆଗଲା
alert-event-acknowledged = ଦାୟିତ୍ୱ ନିଆଗଲା
alert-event-resent = ପୁଣି ଥରେ ପଠାଇବାର ଅଛି
alert-csv = କ’ଣ ହେଲା, ଟେବୁଲ୍ ଭାବେ (CSV)
alert-json = କ’ଣ ହେଲା, ପ୍ରୋଗ୍ରାମ ପାଇଁ (JSON)
undelivered-title = ଯେଉଁ ମେସେଜ୍ ପହଞ୍ଚିଲା ନାହିଁ
undelivered-help = ଏହି ଆଲର୍ଟଗୁଡ଼ିକ ବିଷୟରେ ହୁଏତ କେହି ଜାଣନ୍ତି ନାହିଁ। ସେହି ବ୍ୟକ୍ତିଙ୍କୁ ନିଜେ ଜଣାନ୍ତୁ, ମେସେଜ୍ ପାଖରେ ଯାହା ଲେଖା ଅଛି ତାହା କରନ୍ତୁ, ତା’ପରେ ପୁଣି ପଠାନ୍ତୁ।
undelivered-none = ଖୋଲା ଆଲର୍ଟର ପ୍ରତି ମେସେଜ୍ ଯାଇସାରିଛି କିମ୍ବା ଏବେ ମଧ୍ୟ ଚେଷ୍ଟା ଚାଲିଛି।
undelivered-before = ଆଉ କିଛି କରିବାର ନାହିଁ: ଆଲର୍ଟର ଦାୟିତ୍ୱ ନିଆଯାଇଛି
undelivered-given-up = ଚେଷ୍ଟା ବନ୍ଦ
undelivered-tried = ଚେଷ୍ଟା ଚାଲିଛି
undelivered-resend = ପୁଣି ପଠାନ୍ତୁ
undelivered-again = ମେସେଜ୍ ପୁଣି ପଠାଇବାକୁ ଚେଷ୍ଟା ହେଉଛି।
undelivered-not-needed = ଏହି ମେସେଜର ଆଉ ଆବଶ୍ୟକତା ନାହିଁ।
undelivered-other = ଟେଷ୍ଟ କିମ୍ବା ଦୈନିକ ସାରାଂଶ
undelivered-count = ଖୋଲା ଆଲର୍ଟର { $count }ଟି ମେସେଜ୍ ପହଞ୍ଚିଲା ନାହିଁ। କ’ଣ କରିବେ ଦେଖନ୍ତୁ।
month-title = ମାସର ଆଲର୍ଟ
month-of = { $month } ମାସର ଆଲର୍ଟ
month-help = ଫଟୋରୁ କୌଣସି ବ୍ୟକ୍ତିଙ୍କ ଉତ୍ତର ପର୍ଯ୍ୟନ୍ତ କେତେ ସମୟ ଲାଗିଲା, ବକ୍ସର ଘଣ୍ଟା ଅନୁସାରେ।
month-before = ପୂର୍ବ ମାସ
month-next = ପର ମାସ
month-none = ଏହି ମାସରେ କୌଣସି ଆଲର୍ଟ ନାହିଁ।
month-csv = ପ୍ରତି ଆଲର୍ଟ ଟେବୁଲ୍ ଭାବେ (CSV)
month-pdf = ଛାପିବା ପାଇଁ ପୃଷ୍ଠା (PDF)
month-made = ତିଆରି: { $time }
month-alerts = ଆଲର୍ଟ
month-answered = ବ୍ୟକ୍ତି ଉତ୍ତର ଦେଲେ
month-unanswered = ଏପର୍ଯ୍ୟନ୍ତ ଉତ୍ତର ନାହିଁ
month-median = ଅଧା ଉତ୍ତର ଏତିକି ସମୟରେ
month-p90 = ଦଶରୁ ନଅଟି ଉତ୍ତର ଏତିକି ସମୟରେ
month-within = { $minutes } ମିନିଟ୍ ଭିତରେ, ଯେପରି ଦରକାର
month-within-hours = { $hours } ଘଣ୍ଟା ଭିତରେ, ଯେପରି ଦରକାର
month-within-value = { $of }ରୁ { $count }
month-minutes = { $count } ମିନିଟ୍
month-escalated = ଅନ୍ୟମାନଙ୍କୁ ମଧ୍ୟ ଜଣାଇବାକୁ ପଡ଼ିଲା
month-undelivered = ଯେଉଁ ମେସେଜ୍ ପହଞ୍ଚିଲା ନାହିଁ
month-untimed = ସମୟ ନାହିଁ, କାରଣ ମଝିରେ ଘଣ୍ଟା ବଦଳାଗଲା
month-by = { $name } ଉତ୍ତର ଦେଲେ
ack-page = ବକ୍ସରେ
ack-telegram = ଟେଲିଗ୍ରାମ ଦ୍ୱାରା
ack-sms = ଏସଏମଏସ ଦ୍ୱାରା
ack-report = ରିପୋର୍ଟରେ ଦସ୍ତଖତ ଦ୍ୱାରା
channel-telegram = ଟେଲିଗ୍ରାମ
channel-sms = ଏସଏମଏସ
channel-unused = ସେଟ୍ କରାଯାଇନାହିଁ
channel-ready = ସେଟ୍ କରାଯାଇଛି, ଏପର୍ଯ୍ୟନ୍ତ କିଛି ପଠାଯାଇନାହିଁ
channel-last-sent = ଶେଷ ମେସେଜ୍ { $time }
channel-waiting = { $count ->
        [one] { $count }ଟି ମେସେଜ୍ ଅପେକ୍ଷାରେ
       *[other] { $count }ଟି ମେସେଜ୍ ଅପେକ୍ଷାରେ
    }
channel-set-up-fault = ବ୍ୟବହାର କରିହେବ ନାହିଁ: { $reason }
channel-fault-secret = { $subject } ଫାଇଲ ପଢ଼ିହେବ ନାହିଁ
channel-fault-address = { $subject } କୌଣସି ସେବାର ଠିକଣା ନୁହେଁ
channel-fault-client = ସଂଯୋଗ ପ୍ରସ୍ତୁତ ହୋଇପାରିଲା ନାହିଁ ({ $subject })
channel-fault-spool = { $subject } ଫୋଲ୍ଡର ଚାଲୁଥିବା gammu-smsdର ନୁହେଁ
channel-set-up-next = ସେଟିଂ ଫାଇଲ ଠିକ୍ କରନ୍ତୁ ଓ ବକ୍ସକୁ ପୁଣି ଚାଲୁ କରନ୍ତୁ।
way-title = ଲୋକଙ୍କ ପାଖରେ ପହଞ୍ଚିବାର ଉପାୟ
way-try = ଏବେ ସବୁ ଉପାୟ ପରଖନ୍ତୁ
way-works = କାମ କରୁଛି
way-works-bot = କାମ କରୁଛି, ବଟ୍ ହେଉଛି @{ $name }
way-untried = ପରଖାଯାଇପାରିଲା ନାହିଁ, { $reason }
way-receiver = { $name }ଙ୍କୁ { $way }: { $reason }
way-token = { $file } ରେ ଯାହା ଅଛି ତାହା ବଟର ଟୋକନ୍ ନୁହେଁ
    .next = BotFather ରୁ ଟୋକନ୍ ପୁଣି କପି କରନ୍ତୁ: ଅଙ୍କ, ଗୋଟିଏ କୋଲନ୍, ଏବଂ ପ୍ରାୟ ତିରିଶଟି ଅକ୍ଷର ଓ ଅଙ୍କ।
way-asleep = gammu-smsd { $folder } ରୁ ମେସେଜ୍ ନେଉନାହିଁ
    .next = gammu-smsd ଚାଲୁ କରନ୍ତୁ, ଏବଂ ତା’ର ସେଟିଂ ଓ ମୋଡେମ୍ ଯାଞ୍ଚ କରନ୍ତୁ।
message-queued = ଅପେକ୍ଷାରେ
message-sending = ପଠାଯାଉଛି
message-sent = ବକ୍ସରୁ ଗଲା
message-delivered = ଫୋନରେ ଅଛି
message-dead = ଚେଷ୍ଟା ବନ୍ଦ କରାଗଲା
message-dropped = ଆଉ ଦରକାର ନାହିଁ
message-tries = { $count ->
        [one] { $count } ଥର ଚେଷ୍ଟା
       *[other] { $count } ଥର ଚେଷ୍ଟା
    }
send-unreachable = ସେବା ସହ ସଂଯୋଗ ନାହିଁ
    .next = ଇଣ୍ଟରନେଟ ସଂଯୋଗ କିମ୍ବା ମୋଡେମ ଦେଖନ୍ତୁ। ଠିକ୍ ହେବା ମାତ୍ରେ ମେସେଜ୍ ଆପେ ଯିବ।
send-busy = ସେବା ଅପେକ୍ଷା କରିବାକୁ କହୁଛି
    .next = କିଛି କରିବାକୁ ହେବ ନାହିଁ: ମେସେଜ୍ ଆପେ ଯିବ।
send-garbled = ସେବା ଯେଉଁ ଉତ୍ତର ଦେଲା ତାହା ବୁଝିହେଲା ନାହିଁ
    .next = ସେଟିଂରେ ସେବାର ଠିକଣା ଦେଖନ୍ତୁ।
send-unauthorised = ସେବା ଚାବି (କି) ଗ୍ରହଣ କରୁନାହିଁ
    .next = ଠିକ୍ ଟୋକେନ କିମ୍ବା ପାସୱାର୍ଡ ତାହାର ଫାଇଲରେ ରଖନ୍ତୁ ଓ ବକ୍ସକୁ ପୁଣି ଚାଲୁ କରନ୍ତୁ।
send-no_such_receiver = ଗ୍ରହଣକାରୀ ନାହାନ୍ତି କିମ୍ବା ପଠାଉଥିବା ପକ୍ଷକୁ ବ୍ଲକ୍ କରିଛନ୍ତି
    .next = ସେହି ବ୍ୟକ୍ତିଙ୍କୁ ପୁଣି ଯୋଡ଼ିବାକୁ କିମ୍ବା ନମ୍ବର ଠିକ୍ କରିବାକୁ କୁହନ୍ତୁ।
send-refused = ସେବା ଏହି ମେସେଜ୍ ନେଉନାହିଁ
    .next = ସେବା ଦେଉଥିବା ସଂସ୍ଥାକୁ ପଚାରନ୍ତୁ।
send-not_set_up = ଏହି ଉପାୟ ସେଟ୍ କରାଯାଇନାହିଁ
    .next = ସେଟିଂ ଫାଇଲରେ ଏହାକୁ ସେଟ୍ କରନ୍ତୁ।
send-tls = ସେବାର ପ୍ରମାଣପତ୍ର ଠିକ୍ ନୁହେଁ, କିମ୍ବା ତାହା TLS ବୁଝେ ନାହିଁ
    .next = ଠିକଣାର ଆରମ୍ଭରେ http କି https ଠିକ୍ ଅଛି, ବକ୍ସର ତାରିଖ ଓ ସେବାର ପ୍ରମାଣପତ୍ର ଦେଖନ୍ତୁ।
send-certificate_date = ବକ୍ସର ତାରିଖରେ ସେବାର ପ୍ରମାଣପତ୍ରର ମିଆଦ ନାହିଁ
    .next = ବକ୍ସର ଘଣ୍ଟା ଠିକ୍ କରନ୍ତୁ। ତାରିଖ ଠିକ୍ ଥିଲେ ସେବା ଚଳାଉଥିବା ଲୋକଙ୍କୁ ଜଣାନ୍ତୁ।
send-server_error = ସେବା କହୁଛି ଯେ ତ୍ରୁଟି ତାହାର ନିଜର
    .next = ଏବେ କିଛି କରିବାକୁ ହେବ ନାହିଁ: ମେସେଜ୍ ପୁଣି ପଠାଯାଏ। ତ୍ରୁଟି ରହିଲେ ସେବା ଚଲାଉଥିବା ସଂସ୍ଥାକୁ ପଚାରନ୍ତୁ।
send-no_bus = ModemManager ଉତ୍ତର ଦେଉନାହିଁ
    .next = ବକ୍ସରେ D-Bus ଓ ModemManager ଚାଲୁଛି କି ଏବଂ ବକ୍ସ ସେଗୁଡ଼ିକୁ ବ୍ୟବହାର କରିପାରୁଛି କି ଦେଖନ୍ତୁ।
send-no_modem = ପଠାଇପାରୁଥିବା କୌଣସି ମୋଡେମ ନାହିଁ
    .next = ମୋଡେମ ଲଗାନ୍ତୁ, ଏବଂ ସେଟିଂରେ ମୋଡେମର ନାମ ଦେଖନ୍ତୁ।
send-modem_hung = ମୋଡେମ ଉତ୍ତର ଦେଉନାହିଁ; ବକ୍ସ ତାହାକୁ ପୁଣି ଚାଲୁ କରୁଛି
    .next = ଏମିତି ରହିଲେ ମୋଡେମ ବାହାର କରି ପୁଣି ଲଗାନ୍ତୁ।
send-no_network = ମୋଡେମ କୌଣସି ନେଟୱାର୍କରେ ନାହିଁ
    .next = ଆଣ୍ଟେନା, ବକ୍ସ ଥିବା ଜାଗା ଓ ସିମ କାର୍ଡ ଚାଲୁ ଅଛି କି ନାହିଁ ଦେଖନ୍ତୁ।
send-sim = ସିମ କାର୍ଡ ନାହିଁ କିମ୍ବା ଲକ୍ ହୋଇଛି
    .next = ସିମ କାର୍ଡ ଲଗାନ୍ତୁ, ଏବଂ ଫୋନରେ ତାହାର ପିନ୍ ବନ୍ଦ କରନ୍ତୁ।
send-not_sent = ମୋଡେମ ମେସେଜ୍ ପଠାଇ ପାରିଲା ନାହିଁ
    .next = ନମ୍ବର, ସିମର ବାଲାନ୍ସ ଓ ନେଟୱାର୍କ ଦେଖନ୍ତୁ। ବକ୍ସ ପୁଣି ଚେଷ୍ଟା କରେ।
send-undelivered = ନେଟୱାର୍କ ମେସେଜ୍ ପହଞ୍ଚାଇ ପାରିଲା ନାହିଁ
    .next = ନମ୍ବର ଦେଖନ୍ତୁ। ଫୋନ ବନ୍ଦ କିମ୍ବା ନାଗାଳ ବାହାରେ ଥାଇପାରେ: ପର ବ୍ୟକ୍ତିଙ୍କୁ କୁହାଯାଏ।
pair-done = ଏହି ଚାଟ୍ ଏବେ ଆପଣଙ୍କର। ଆଲର୍ଟ ଏଠାକୁ ଆସିବ।
pair-failed = କୋଡ୍ ବ୍ୟବହାର ହୋଇପାରିଲା ନାହିଁ। ବକ୍ସରୁ ନୂଆ କୋଡ୍ ନିଅନ୍ତୁ।
groups-title = ଟେଲିଗ୍ରାମ ଗୋଷ୍ଠୀ
groups-intro = ଆଲର୍ଟ ଏହି ଗୋଷ୍ଠୀଗୁଡ଼ିକୁ ମଧ୍ୟ ଯାଏ ଓ କିଏ ଡ୍ୟୁଟିରେ ଅଛନ୍ତି ତାହା ଜଣାଏ। ଯିଏ ନିଜ ଚାଟ୍ ଯୋଡ଼ିଛନ୍ତି, କେବଳ ସେ ସେଠାରେ ଆଲର୍ଟର ଦାୟିତ୍ୱ ନେଇପାରିବେ।
groups-none = କୌଣସି ଗୋଷ୍ଠୀ ଯୋଡ଼ା ହୋଇନାହିଁ।
groups-in = ଆଲର୍ଟ ଏଠାକୁ ଆସେ।
groups-out = ବଟ୍ ଏହି ଗୋଷ୍ଠୀରୁ ବାହାର କରାଯାଇଛି: ଏଠାକୁ ଆଲର୍ଟ ଆସୁନାହିଁ।
groups-out-next = ବଟ୍‌କୁ ପୁଣି ଗୋଷ୍ଠୀରେ ଯୋଡ଼ନ୍ତୁ।
groups-paired = { $name } ଯୋଡ଼ିଛନ୍ତି, { $time }
groups-make = କୋଡ୍ ତିଆରି କରନ୍ତୁ
groups-code = ବଟ୍‌କୁ ଗୋଷ୍ଠୀରେ ଯୋଡ଼ନ୍ତୁ ଓ 15 ମିନିଟ ଭିତରେ ସେଠାରେ ଏହା ଲେଖନ୍ତୁ:
groups-add = ବଟ୍‌କୁ ଗୋଷ୍ଠୀରେ ଯୋଡ଼ନ୍ତୁ
groups-forget = ହଟାନ୍ତୁ
groups-forgotten = ହଟାଗଲା।
group-pair-done = ଏହି ଗୋଷ୍ଠୀ ଯୋଡ଼ା ହେଲା। ଆଲର୍ଟ ଏଠାକୁ ମଧ୍ୟ ଆସିବ।
group-stranger = ଯିଏ ବକ୍ସ ସହ ନିଜ ଚାଟ୍ ଯୋଡ଼ିଛନ୍ତି, କେବଳ ସେ ଏଠାରେ ଉତ୍ତର ଦେଇପାରିବେ।
alert-responder = ଡ୍ୟୁଟିରେ: { $name }
system-group = ଟେଲିଗ୍ରାମ ଗୋଷ୍ଠୀ { $title }
siren-title = ସାଇରନ୍ ସ୍କ୍ରିନ
siren-help = କ୍ଲିନିକର ଗୋଟିଏ ସ୍କ୍ରିନରେ ଏହି ପୃଷ୍ଠା ଖୋଲା ରଖନ୍ତୁ। ଗୁରୁତର ଆଲର୍ଟର କେହି ଉତ୍ତର ନ ଦେଲେ ଏହା ବାଜେ।
siren-sound = ଶବ୍ଦ ଚାଲୁ କରନ୍ତୁ
siren-quiet = କିଛି ବହୁତ ସମୟ ଧରି ଅପେକ୍ଷାରେ ନାହିଁ।
rules-title = ଆଲର୍ଟ ନିୟମ
rules-intro = କେଉଁଥିରେ ଆଲର୍ଟ ହୁଏ ଏବଂ ଲୋକଙ୍କୁ କିପରି ଜଣାଯାଏ। ଦ୍ୱିତୀୟ ବ୍ୟକ୍ତି ନିଶ୍ଚିତ କଲା ପରେ ହିଁ ବଦଳ ଲାଗୁ ହୁଏ।
rules-waits = ଦ୍ୱିତୀୟ ବ୍ୟକ୍ତିଙ୍କ ଅପେକ୍ଷାରେ
rules-by = { $name } ପ୍ରସ୍ତାବ ଦେଇଛନ୍ତି, { $time }
rules-own = ଏହାକୁ ଅନ୍ୟ କେହି ନିଶ୍ଚିତ କରିବା ଦରକାର।
rules-history = ପୂର୍ବ ସଂସ୍କରଣ
rules-version = ସଂସ୍କରଣ { $version }: { $proposed }। { $decided }
rules-was-confirmed = { $name } ନିଶ୍ଚିତ କଲେ
rules-was-rejected = { $name } ଅଗ୍ରାହ୍ୟ କଲେ
rules-confirm = ନିଶ୍ଚିତ କରନ୍ତୁ
rules-reject = ଅଗ୍ରାହ୍ୟ କରନ୍ତୁ
rules-propose = ବଦଳର ପ୍ରସ୍ତାବ ଦିଅନ୍ତୁ
rules-none = ଆଲର୍ଟ ନାହିଁ
rules-from = କେବଳ ଏହି ସ୍କୋରରୁ (ଖାଲି: ନେଟୱାର୍କର ନିଜ ସୀମା)
rules-rule-from = { $rule }, ସ୍କୋର { $from } ରୁ
rules-step = କେତେ ମିନିଟ୍ ପରେ ପରବର୍ତ୍ତୀ ବ୍ୟକ୍ତିଙ୍କୁ ଜଣାଯିବ
rules-quiet-from = ନୀରବ ସମୟ କେବେଠାରୁ (ଗୁରୁତର ଆଲର୍ଟ ତଥାପି ଆସିବ)
rules-quiet-until = ନୀରବ ସମୟ କେବେ ପର୍ଯ୍ୟନ୍ତ
rules-budget = ଜଣେ ବ୍ୟକ୍ତିଙ୍କୁ ଦିନକୁ କେତୋଟି ଆଲର୍ଟ, ଯାହା ଗୁରୁତର ନୁହେଁ
rules-digest = ଦୈନିକ ସାରାଂଶର ସମୟ
rules-detail = ମେସେଜରେ ଫାଇଣ୍ଡିଂର ନାମ ଥାଏ। ଚାଟ୍ ଓ ଏସଏମଏସ ଅନ୍ୟମାନେ ପଢ଼ିପାରନ୍ତି।
rules-picture = ଟେଲିଗ୍ରାମ ମେସେଜରେ ଫିଲ୍ମର ଛୋଟ ଛବି ଥାଏ। ଫିଲ୍ମରେ ଲେଖା ନାମ ଅନ୍ୟମାନେ ପଢ଼ିପାରନ୍ତି।
rules-roles = କାହାକୁ କୁହାଯିବ
rules-submit = ପ୍ରସ୍ତାବ ଦିଅନ୍ତୁ
rules-proposed = ପ୍ରସ୍ତାବ ଦିଆଗଲା। ଏହାକୁ ଅନ୍ୟ କେହି ନିଶ୍ଚିତ କରିବା ଦରକାର।
rules-confirmed = ନୂଆ ନିୟମ ଲାଗୁ ହୋଇଛି।
rules-rejected = ପ୍ରସ୍ତାବ ଅଗ୍ରାହ୍ୟ ହେଲା।
rules-step-is = { $minutes } ମିନିଟ୍ ପରେ ପରବର୍ତ୍ତୀ ବ୍ୟକ୍ତି
rules-quiet-is = { $from } ରୁ { $until } ପର୍ଯ୍ୟନ୍ତ ନୀରବ
rules-budget-is = ଜଣେ ବ୍ୟକ୍ତିଙ୍କୁ ଦିନକୁ ଅତି ବେଶୀରେ { $count }ଟି, ଯାହା ଗୁରୁତର ନୁହେଁ
rules-detail-minimal = ମେସେଜରେ ଫାଇଣ୍ଡିଂର ନାମ ନ ଥାଏ
rules-detail-finding = ମେସେଜରେ ଫାଇଣ୍ଡିଂର ନାମ ଥାଏ
rules-picture-yes = ଟେଲିଗ୍ରାମ ମେସେଜରେ ଫିଲ୍ମର ଛୋଟ ଛବି ଥାଏ
rules-picture-no = ମେସେଜରେ ଛବି ନ ଥାଏ
rules-roles-are = କୁହାଯାଏ: { $roles }
rules-hints = ଏହି ବକ୍ସ ଯେଉଁ ଫାଇଣ୍ଡିଂ ଆକଳନ କରେ କେବଳ ସେଥିରେ ଆଲର୍ଟ ହୁଏ। ଯାହା କେବଳ ସୂଚନା, ସେଥିରେ କେବେ ହୁଏ ନାହିଁ।
rules-idle = ଲାଗୁ ଅଛି କିନ୍ତୁ ପ୍ରଭାବ ନାହିଁ, କାରଣ ଏବର ନେଟୱାର୍କ ଏହି ଫାଇଣ୍ଡିଂ ଆକଳନ କରେ ନାହିଁ:
forecast-title = ଏହି ନିୟମର ଏଠାରେ ଅର୍ଥ କ’ଣ
forecast-proposal = ଆପଣଙ୍କ ବଦଳର ଏଠାରେ ଅର୍ଥ କ’ଣ ହେବ
forecast-help = ଛୋଟ ସଂଖ୍ୟା ପ୍ରଥମ ବ୍ୟକ୍ତି ସବୁବେଳେ ଉତ୍ତର ଦେଲେ, ବଡ଼ଟି କେହି ନ ଦେଲେ। ସୀମା ଯାହା ହେଉ, ଗୁରୁତର ଆଲର୍ଟ ସବୁବେଳେ ଆସେ।
forecast-see = କ’ଣ ହେବ ଦେଖନ୍ତୁ
forecast-none = ଗତ 28 ଦିନରେ କୌଣସି ଫିଲ୍ମ ପଢ଼ାଯାଇନାହିଁ: ଏବେ କିଛି କହିହେବ ନାହିଁ।
forecast-films = ଗତ { $days } ଦିନର { $films }ଟି ଫିଲ୍ମ, ଏହି ନିୟମରେ:
forecast-class = { $class }: ଦିନକୁ { $mean }ଟି ଆଲର୍ଟ, ସବୁଠାରୁ ବ୍ୟସ୍ତ ଦିନରେ { $most }ଟି
forecast-person = { $name }: ଦିନକୁ { $low } ରୁ { $high }ଟି ଆଲର୍ଟ, ଗୋଟିଏ ଦିନରେ ଅତି ବେଶୀରେ { $most }ଟି
forecast-digest = କେବଳ ଦୈନିକ ସାରାଂଶରେ, କାରଣ ସମସ୍ତଙ୍କ ସୀମା ପୂରଣ ହୋଇଥିଲା: { $count }
contact-title = ମୋ ପାଖରେ କିପରି ପହଞ୍ଚିବେ
contact-of = { $name }ଙ୍କ ପାଖରେ କିପରି ପହଞ୍ଚିବେ
contact-phone = ମୋବାଇଲ ନମ୍ବର
contact-phone-help = ଦେଶର କୋଡ୍ ସହିତ, ଯେପରି +91 98765 43210। ଏସଏମଏସ ନ ଚାହିଁଲେ ଖାଲି ରଖନ୍ତୁ।
contact-order = କ୍ରମରେ ସ୍ଥାନ: ସବୁଠାରୁ ଛୋଟ ନମ୍ବରକୁ ଆଗେ ଜଣାଯାଏ
contact-duty = ଡ୍ୟୁଟି ସମୟ
contact-duty-help = ଛୁଟି ଦିନ ଖାଲି ରଖନ୍ତୁ। ସବୁବେଳେ ଡ୍ୟୁଟିରେ ଥିଲେ ସବୁ ଦିନ ଖାଲି ରଖନ୍ତୁ। ରାତି ଯେଉଁ ଦିନ ଆରମ୍ଭ ହୁଏ, ସେହି ଦିନର ଅଟେ।
day-monday = ସୋମବାର
day-tuesday = ମଙ୍ଗଳବାର
day-wednesday = ବୁଧବାର
day-thursday = ଗୁରୁବାର
day-friday = ଶୁକ୍ରବାର
day-saturday = ଶନିବାର
day-sunday = ରବିବାର
contact-duty-from = କେବେଠାରୁ
contact-duty-until = କେବେ ପର୍ଯ୍ୟନ୍ତ
contact-all = ଯାହା ଗୁରୁତର ନୁହେଁ ତାହା ମଧ୍ୟ ମୋତେ ଜଣାନ୍ତୁ
contact-submit = ସେଭ୍ କରନ୍ତୁ
contact-saved = ସେଭ୍ ହେଲା।
contact-no-telegram = ଏହି ବକ୍ସ ଟେଲିଗ୍ରାମ ବ୍ୟବହାର କରେ ନାହିଁ।
contact-paired = ଗୋଟିଏ ଚାଟ୍ ଆପଣଙ୍କ ସହ ଯୋଡ଼ାଯାଇଛି।
contact-unpaired = କୌଣସି ଚାଟ୍ ଆପଣଙ୍କ ସହ ଯୋଡ଼ାଯାଇନାହିଁ।
contact-code = ଏହି କୋଡ୍ 15 ମିନିଟ୍ ଭିତରେ ବଟକୁ ପଠାନ୍ତୁ:
contact-open-bot = ବଟ୍ ଖୋଲନ୍ତୁ
contact-pair = ଚାଟ୍ ଯୋଡ଼ନ୍ତୁ
contact-test-help = ପ୍ରତି ଉପାୟରେ ନିଜକୁ ଗୋଟିଏ ଟେଷ୍ଟ ମେସେଜ୍ ପଠାନ୍ତୁ।
contact-test = ଟେଷ୍ଟ ମେସେଜ୍ ପଠାନ୍ତୁ
contact-tested = ଗୋଟିଏ ଟେଷ୍ଟ ମେସେଜ୍ ଯାଉଛି।
people-title = କାହାକୁ ଜଣାଯାଏ
people-help = ଯେଉଁମାନଙ୍କୁ ଜଣାଯାଇପାରିବ, ଯେଉଁ କ୍ରମରେ ଜଣାଯାଏ; ଡ୍ୟୁଟିରେ ଥିବା ଲୋକ ଆଗେ ଆସନ୍ତି। ବେଳେବେଳେ ପ୍ରତ୍ୟେକଙ୍କୁ ଟେଷ୍ଟ ମେସେଜ୍ ପଠାନ୍ତୁ।
people-none = କିପରି ପହଞ୍ଚିବେ, ଏପର୍ଯ୍ୟନ୍ତ କେହି କହିନାହାନ୍ତି।
people-gaps = କେହି ଡ୍ୟୁଟିରେ ନାହାନ୍ତି
people-gaps-help = ସେତେବେଳେ ମଧ୍ୟ ଆଲର୍ଟ ଆସେ, ତାଲିକାର କ୍ରମରେ।
people-span = { $from } ରୁ { $until } ପର୍ଯ୍ୟନ୍ତ
people-always = ସବୁବେଳେ ଡ୍ୟୁଟିରେ
people-on-duty = ଏବେ ଡ୍ୟୁଟିରେ
people-off-duty = ଏବେ ଡ୍ୟୁଟିରେ ନାହାନ୍ତି
people-place = ସ୍ଥାନ { $place }
people-all = ସବୁ ଆଲର୍ଟ
people-critical = କେବଳ ଗୁରୁତର ଆଲର୍ଟ
people-untold = ନିୟମ ଅନୁସାରେ ଏହି ଭୂମିକାର କାହାକୁ କୁହାଯାଏ ନାହିଁ।
people-no-way = ପହଞ୍ଚିବାର କୌଣସି ଉପାୟ ନାହିଁ
people-untested = କେବେ ଟେଷ୍ଟ ହୋଇନାହିଁ
people-test-was = ଟେଷ୍ଟ { $time }: { $state }
people-test = { $name }ଙ୍କୁ ଟେଷ୍ଟ ପଠାନ୍ତୁ
people-tested = ଏହି ବ୍ୟକ୍ତିଙ୍କୁ ଟେଷ୍ଟ ମେସେଜ୍ ଯାଉଛି।
people-change = ନମ୍ବର ଓ ସମୟ ବଦଳାନ୍ତୁ

## The box, for people who look after it

system-title = ବକ୍ସର ସ୍ଥିତି
system-intro = ବକ୍ସ ଏବେ କିପରି ଅଛି। ଏଠାରେ ରୋଗୀଙ୍କ ବିଷୟରେ କିଛି ଦେଖାଯାଏ ନାହିଁ।
system-well = ଠିକ୍ ଅଛି
system-unwell = ଧ୍ୟାନ ଦରକାର
system-unused = ବ୍ୟବହାରରେ ନାହିଁ
system-networks-none = କୌଣସି ନେଟୱାର୍କ ଫିଲ୍ମ ପଢ଼ୁନାହିଁ: { $reason }
system-networks-next = ଫିଲ୍ମ ରଖାଯାଇଛି ଓ ଅପେକ୍ଷାରେ ଅଛି। ଏଠାରେ ଯାହା ଲେଖାଅଛି ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ।
system-disk = ଡିସ୍କରେ { $count } ଏମବି ଖାଲି ଅଛି
system-disk-next = ଶୀଘ୍ର ଆଉ କୌଣସି ଫଟୋ ନେଇହେବ ନାହିଁ। ବଡ଼ ଡିସ୍କ ଲଗାନ୍ତୁ, କିମ୍ବା ପୁରୁଣା ଫିଲ୍ମ ଅନ୍ୟତ୍ର ନେବାକୁ ସହାୟତା ଟିମକୁ କୁହନ୍ତୁ।
system-waiting = { $count ->
        [one] { $count }ଟି ଫଟୋ ପଢ଼ାଯିବା ଅପେକ୍ଷାରେ
       *[other] { $count }ଟି ଫଟୋ ପଢ଼ାଯିବା ଅପେକ୍ଷାରେ
    }
system-held = { $count ->
        [one] ଗୋଟିଏ ପର୍ଯ୍ୟାୟ ବିଫଳ ହେବାରୁ { $count }ଟି ଫିଲ୍ମ ଅଟକିଛି
       *[other] ଗୋଟିଏ ପର୍ଯ୍ୟାୟ ବିଫଳ ହେବାରୁ { $count }ଟି ଫିଲ୍ମ ଅଟକିଛି
    }
system-undelivered = ଖୋଲା ଆଲର୍ଟର ଯେଉଁ ମେସେଜ୍ ପହଞ୍ଚିଲା ନାହିଁ: { $count }
system-undelivered-next = କ୍ଲିନିକର କେହି ଜଣେ “ଆଲର୍ଟ” ଓ ତା’ପରେ “ଯେଉଁ ମେସେଜ୍ ପହଞ୍ଚିଲା ନାହିଁ” ଖୋଲନ୍ତୁ: କ’ଣ କରିବେ ସେଠାରେ ଲେଖା ଅଛି।
system-held-next = କ୍ଲିନିକର କେହି ଜଣେ ପ୍ରତ୍ୟେକଟି ଖୋଲି “ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ” ଦବାନ୍ତୁ।
system-clock-synced = ଘଣ୍ଟାର ସମୟ ନିଶ୍ଚିତ ହୋଇଛି
system-clock-unsynced = ଘଣ୍ଟାର ସମୟ ନିଶ୍ଚିତ ନୁହେଁ
system-clock-next = ବକ୍ସ ଗୋଟିଏ ସମୟ ସର୍ଭର ପାଇବା କିମ୍ବା ତାହାର ନିଜ ଘଣ୍ଟା ମିଳାଯିବା ପର୍ଯ୍ୟନ୍ତ ସମୟରେ ଏହି ଚିହ୍ନ ରହେ।
system-pack-passed-over = ବଛାଯାଇଥିବା ଗୋଟିଏ ନେଟୱାର୍କ ବ୍ୟବହାର ହେଉନାହିଁ: { $reason }
system-pack-next = ତାହାକୁ ପୁଣି ଇନଷ୍ଟଲ କରନ୍ତୁ, କିମ୍ବା ଅନ୍ୟ ଗୋଟିଏ ବାଛନ୍ତୁ।
system-board = ବୋର୍ଡ: { $board }
system-heat-unknown = ଏହି ମେସିନ୍ ନିଜର ତାପ ମାପେ ନାହିଁ
system-heat-fine = ଭିତରେ { $degrees } °C
system-heat-warm = ଭିତରେ { $degrees } °C: ଗରମ, କିନ୍ତୁ ଠିକ୍ ଅଛି
system-heat-hot = ଭିତରେ { $degrees } °C: ବହୁତ ଗରମ
system-heat-next = ବକ୍ସକୁ ଛାଇରେ ରଖନ୍ତୁ, ପବନ ଯିବା ବାଟ ଖୋଲା ରଖନ୍ତୁ, ଧୂଳି ସଫା କରନ୍ତୁ। ଥଣ୍ଡା ହେବା ପର୍ଯ୍ୟନ୍ତ ଏହା ଧୀରେ କାମ କରିବ।
system-storage-well = ଷ୍ଟୋରେଜ୍ ଠିକ୍ ଅଛି
system-storage-life = ଷ୍ଟୋରେଜ୍ ଠିକ୍ ଅଛି; ତାହାର ଆୟୁଷର ଅତି କମରେ { $percent } % ସରିଛି
storage-read-only = ଷ୍ଟୋରେଜରେ କିଛି ଲେଖିହେଉନାହିଁ
    .next = ବକ୍ସକୁ ପୁଣି ଚାଲୁ କରନ୍ତୁ। ତଥାପି ସେମିତି ରହିଲେ ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ: ଷ୍ଟୋରେଜ୍ ଖରାପ ହେଉଥାଇପାରେ।
storage-not-kept = ତଥ୍ୟ କେବଳ ମେମୋରିରେ ଅଛି, ବିଜୁଳି ଗଲେ ହଜିଯିବ
    .next = ଏହି ବକ୍ସରେ ଫିଲ୍ମ ନିଅନ୍ତୁ ନାହିଁ। ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ।
storage-writeback = ଷ୍ଟୋରେଜ୍ ଏମିତି ଲାଗିଛି ଯେ ବିଜୁଳି ଗଲେ ତଥ୍ୟ ନଷ୍ଟ ହୋଇପାରେ
    .next = ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ: ଡାଟା ପାର୍ଟିସନ୍ data=ordered ସହ ଲାଗିବା ଦରକାର।
storage-no-barrier = ଷ୍ଟୋରେଜ୍ ଏମିତି ଲାଗିଛି ଯେ ବିଜୁଳି ଗଲେ ନିଶ୍ଚିତ ହୋଇଥିବା ତଥ୍ୟ ମଧ୍ୟ ହଜିପାରେ
    .next = ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ: ରାଇଟ୍ ବ୍ୟାରିଅର୍ ଚାଲୁ ହେବା ଦରକାର।
storage-filesystem-errors = ଫାଇଲ୍ ସିଷ୍ଟମରେ ତ୍ରୁଟି ମିଳିଛି
    .next = ଏବେ ହିଁ ବ୍ୟାକଅପ୍ ନିଅନ୍ତୁ ଓ ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ।
storage-worn-out = ଷ୍ଟୋରେଜ୍ କ୍ଷୟ ହୋଇଯାଇଛି
    .next = ଏବେ ହିଁ ବ୍ୟାକଅପ୍ ନିଅନ୍ତୁ। ଷ୍ଟୋରେଜ୍ ବଦଳାଇବାକୁ ହେବ ବୋଲି ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ।
storage-wearing = ଷ୍ଟୋରେଜର ଅଧିକାଂଶ ଆୟୁଷ ସରିଛି
    .next = ଆଗାମୀ କିଛି ମାସ ଭିତରେ ବଦଳାଇବାକୁ ସହାୟତା ଟିମକୁ କୁହନ୍ତୁ।
storage-sd-card = ତଥ୍ୟ SD କାର୍ଡରେ ଅଛି; ଅନେକ କାର୍ଡ ବିଜୁଳି ଗଲେ ତଥ୍ୟ ହଜାଏ
    .next = କାର୍ଡ କେବେ ବାହାର କରନ୍ତୁ ନାହିଁ। ସହାୟତା ଟିମରୁ ଭିତରେ ଲାଗିଥିବା ଷ୍ଟୋରେଜ୍ କିମ୍ବା NVMe ଡିସ୍କ ମାଗନ୍ତୁ।
system-gpu-serving = GPU ଗଣନା କରୁଛି: { $detail }
system-gpu-preparing = GPU ପ୍ରସ୍ତୁତ କରାଯାଉଛି ({ $detail }); ସେ ପର୍ଯ୍ୟନ୍ତ CPU ପଢ଼େ
system-gpu-absent = CPU ପଢ଼ୁଛି; ଏଠାରେ ବ୍ୟବହାର ଯୋଗ୍ୟ GPU ନାହିଁ: { $detail }
system-gpu-refused = CPU ପଢ଼ୁଛି, କାରଣ GPU ଗ୍ରହଣ କରାଗଲା ନାହିଁ: { $detail }
system-gpu-withdrawn = CPU ପଢ଼ୁଛି, କାରଣ GPU ବିଫଳ ହେଲା: { $detail }
system-gpu-next = ଫିଲ୍ମ ପୂର୍ବ ପରି ପଢ଼ାଯାଏ, କେବଳ ଧୀରେ। ବକ୍ସକୁ ଥରେ ପୁଣି ଚାଲୁ କରନ୍ତୁ; ତଥାପି ଏହା ରହିଲେ ଏଠାରେ ଯାହା ଲେଖାଅଛି ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ।
system-gpu-untried = ଏହି ପ୍ରୋଗ୍ରାମର ନିର୍ମାତାମାନେ ଏହାକୁ କୌଣସି GPU କିମ୍ବା Jetson ଉପରେ ଚଲାଇନାହାନ୍ତି। ଚାଲୁ ହେବା ସମୟରେ ଏହାର ଉତ୍ତର CPU ର ଉତ୍ତର ସହ ମିଳାଯାଇଛି।
update-title = ବକ୍ସର ଅପଡେଟ
update-open = ଅପଡେଟ
update-none = କୌଣସି ନୂଆ ସଂସ୍କରଣ ପ୍ରସ୍ତୁତ ନାହିଁ। ବକ୍ସ ଅନଲାଇନ ହେଲେ ନୂଆ ସଂସ୍କରଣ ନିଜେ ଆସେ, କିମ୍ବା ସହାୟତା ଟିମର ଷ୍ଟିକରେ ଆସେ।
update-impossible = ଏହି ବକ୍ସରେ ଅପଡେଟର ବ୍ୟବସ୍ଥା ହୋଇନାହିଁ। ସହାୟତା ଟିମ ତାହା କରିପାରିବେ।
update-offer = ସଂସ୍କରଣ { $version } ପ୍ରସ୍ତୁତ ଅଛି
update-size = ଆକାର: { $count } ଏମବି
update-failed-before = ବକ୍ସ ଆଗରୁ ଏହି ସଂସ୍କରଣ ପରୀକ୍ଷା କରି ପୁରୁଣାକୁ ଫେରିଯାଇଥିଲା। ପ୍ରଥମେ ସହାୟତା ଟିମକୁ ପଚାରନ୍ତୁ।
update-what = ବକ୍ସ ପ୍ରଥମେ ସବୁର ଏକ ନକଲରେ ନୂଆ ସଂସ୍କରଣ ପରୀକ୍ଷା କରେ। ତାପରେ ପୁଣି ଆରମ୍ଭ ହୁଏ ଓ କିଛି ମିନିଟ କୌଣସି ପୃଷ୍ଠା ଦେଖାଏ ନାହିଁ। ଫିଲ୍ମ ଓ ରିପୋର୍ଟ ରହେ। ନୂଆ ସଂସ୍କରଣ ଆରମ୍ଭ ନହେଲେ ବକ୍ସ ନିଜେ ପୁରୁଣାକୁ ଫେରିଯାଏ। ଯେତେବେଳେ କୌଣସି ରୋଗୀ ଅପେକ୍ଷାରେ ନଥାନ୍ତି ସେତେବେଳେ କରନ୍ତୁ।
update-agree = ମୁଁ ସହମତ: ବକ୍ସ ଏବେ ଅପଡେଟ ହୋଇପାରେ
update-submit = ଏବେ ଅପଡେଟ କରନ୍ତୁ
update-back = ବକ୍ସର ସ୍ଥିତିକୁ ଫେରନ୍ତୁ
update-wait = ବକ୍ସକୁ ଚାଲୁ ରଖନ୍ତୁ। ବିଜୁଳି ଗଲେ ମଧ୍ୟ କିଛି ହଜେ ନାହିଁ।
update-look = ପୁଣି ଦେଖନ୍ତୁ
update-phase-asked = ସଂସ୍କରଣ { $version }: ଆରମ୍ଭର ଅପେକ୍ଷାରେ
update-phase-unpacking = ସଂସ୍କରଣ { $version }: ଫାଇଲ ଯାଞ୍ଚ ହେଉଛି
update-phase-copying = ସଂସ୍କରଣ { $version }: ଡାଟାବେସର ନକଲ ହେଉଛି
update-phase-trying = ସଂସ୍କରଣ { $version }: ନୂଆ ସଂସ୍କରଣ ନକଲରେ ପରୀକ୍ଷା ହେଉଛି
update-phase-switching = ସଂସ୍କରଣ { $version }: ବକ୍ସ ପୁଣି ଆରମ୍ଭ ହେଉଛି
update-phase-done = ସଂସ୍କରଣ { $version } ଚାଲୁଛି
update-phase-refused = ସଂସ୍କରଣ { $version } ଲଗାଯାଇନାହିଁ। କିଛି ବଦଳିନାହିଁ।
update-phase-went-back = ସଂସ୍କରଣ { $version } ଏଠାରେ ଆରମ୍ଭ ହେଲା ନାହିଁ। ବକ୍ସ ପୁରୁଣା ସଂସ୍କରଣକୁ ଫେରିଗଲା; କିଛି ହଜିନାହିଁ।
update-reason-other-machine = ଫାଇଲଟି ଅନ୍ୟ ପ୍ରକାର ବକ୍ସ ପାଇଁ।
update-reason-in-use = ଏହି ସଂସ୍କରଣ ଏବେ ଚାଲୁଛି।
update-reason-older = ଫାଇଲରେ ଏବେ ଚାଲୁଥିବାଠାରୁ ପୁରୁଣା ସଂସ୍କରଣ ଅଛି।
update-reason-from-too-old = ଏବର ସଂସ୍କରଣ ଏହି ଫାଇଲ ପାଇଁ ବହୁତ ପୁରୁଣା। ସହାୟତା ଟିମକୁ ମଝି ସଂସ୍କରଣ ମାଗନ୍ତୁ।
update-reason-from-too-new = ଏବର ସଂସ୍କରଣ ଏହି ଫାଇଲ ଆଶା କରିବାଠାରୁ ନୂଆ।
update-reason-database-newer = ଏହି ସଂସ୍କରଣ ବକ୍ସର ଡାଟାବେସକୁ ଜାଣେ ନାହିଁ।
update-reason-damaged = ଫାଇଲଟି ନଷ୍ଟ। ପୁଣି କପି କରନ୍ତୁ।
update-reason-signature = ଫାଇଲରେ ଏମିତି କାହାର ଦସ୍ତଖତ ନାହିଁ ଯାହାକୁ ଏହି ବକ୍ସ ବିଶ୍ୱାସ କରେ। ବ୍ୟବହାର କରନ୍ତୁ ନାହିଁ; ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ।
update-reason-space = ଡିସ୍କରେ ଜାଗା ବହୁତ କମ।
update-reason-trial = ନକଲରେ ନୂଆ ସଂସ୍କରଣ ବିଫଳ ହେଲା। ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ।
update-reason-under-way = ଅନ୍ୟ ଏକ ଅପଡେଟ ଏପର୍ଯ୍ୟନ୍ତ ସରିନାହିଁ। କିଛି ମିନିଟ ଅପେକ୍ଷା କରନ୍ତୁ।
update-reason-failed = ବକ୍ସରେ କିଛି ବିଫଳ ହେଲା। ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ।
update-coming = ସଂସ୍କରଣ { $version } ପୋର୍ଟାଲରୁ ଆସୁଛି: { $percent } % ଆସିଛି
update-no-room = ସଂସ୍କରଣ { $version } ପୋର୍ଟାଲରେ ଅପେକ୍ଷାରେ: ଡିସ୍କରେ ଜାଗା ବହୁତ କମ
update-from-portal = ପୋର୍ଟାଲର { $name } ଏହା ଦେଉଛନ୍ତି।
update-decline = ଏହି ସଂସ୍କରଣ ନୁହେଁ
update-choice-title = ପୋର୍ଟାଲର ସଂସ୍କରଣ
update-choice-help = ସଂସ୍କରଣ ବଦଳାଇବା ବେଳେ ବକ୍ସ କିଛି ମିନିଟ କୌଣସି ପୃଷ୍ଠା ଦେଖାଏ ନାହିଁ। କେବେ, ତାହା କ୍ଲିନିକର ଲୋକେ ସ୍ଥିର କରନ୍ତି, ପୋର୍ଟାଲ କେବେ ନୁହେଁ।
update-choice-ask = କେହି ଏହି ପୃଷ୍ଠାରେ ସହମତ ହେଲେ
update-choice-at_night = ରାତିରେ ନିଜେ, ଯେତେବେଳେ କ୍ଲିନିକ ବନ୍ଦ ଓ କେହି ପୃଷ୍ଠା ବ୍ୟବହାର କରୁନାହାନ୍ତି
models-title = ନୂଆ ନେଟୱାର୍କ
models-new = ନେଟୱାର୍କ { $id } { $version } ଅପେକ୍ଷାରେ ଅଛି
models-figures = { $films }ଟି ଫିଲ୍ମ ପୁଣି ପଢ଼ାଗଲା। { $calls }ଟି ମଧ୍ୟରୁ { $flips }ଟି ଫଳ ବଦଳିବ।
models-few = ନୂଆ ନେଟୱାର୍କ ଏବର ସହିତ ମେଳ ଖାଏ କି ନାହିଁ ନିଜେ ଜାଣିବା ପାଇଁ ଏହି ବକ୍ସରେ ଯଥେଷ୍ଟ ଫିଲ୍ମ ନାହିଁ। ଡାକ୍ତର ନିଷ୍ପତ୍ତି ନିଅନ୍ତି।
models-many = ଶହେରୁ ଦୁଇରୁ ଅଧିକ ଫଳ ବଦଳିବ। ଡାକ୍ତର ନିଷ୍ପତ୍ତି ନିଅନ୍ତି।
models-remapped = ସୀମା ଏମିତି ରଖାଗଲା ଯେପରି ନୂଆ ନେଟୱାର୍କ ଏହି କ୍ଲିନିକର ନିଶ୍ଚିତ ରୋଗ ଏବର ସମାନ ସଂଖ୍ୟାରେ ପାଏ: { $findings }।
models-flips-title = କଣ ବଦଳିବ
models-confirmed = ନିଶ୍ଚିତ
models-old = ଏବର
models-now = ନୂଆ
models-call = { $call }: ସ୍କୋର { $score }, ସୀମା { $threshold }
models-not-assessed = ମୂଲ୍ୟାୟନ ହୋଇନାହିଁ
models-more = ଆଉ { $count }ଟି ଫଳ ବଦଳିବ।
models-looked = କଣ ବଦଳିବ ମୁଁ ଦେଖିଛି
models-use = ନୂଆ ନେଟୱାର୍କରେ ପଢ଼ନ୍ତୁ
models-refuse = ଏବର ନେଟୱାର୍କ ରଖନ୍ତୁ
models-none = କୌଣସି ନୂଆ ନେଟୱାର୍କ ନିଷ୍ପତ୍ତି ଅପେକ୍ଷାରେ ନାହିଁ।
models-back-title = ପୂର୍ବ ନେଟୱାର୍କ
models-back-help = ଏବର ନେଟୱାର୍କ ପୂର୍ବଠାରୁ ଖରାପ ପଢ଼ିଲେ ଫେରନ୍ତୁ। ପଢ଼ାଯାଇଥିବା ଫିଲ୍ମର ଫଳ ରହେ।
models-back = ପୂର୍ବ ନେଟୱାର୍କକୁ ଫେରନ୍ତୁ
models-waits = ଏକ ନୂଆ ନେଟୱାର୍କ ଆପଣଙ୍କ ନିଷ୍ପତ୍ତି ଅପେକ୍ଷାରେ ଅଛି
support-title = ସହାୟତା ଟିମର ସାହାଯ୍ୟ
support-open = ସହାୟତା ଟିମକୁ ବକ୍ସର ସ୍ଥିତି ଦେଖିବାକୁ ଦିଅନ୍ତୁ
support-what-title = ସହାୟତା ଟିମ କଣ ଦେଖନ୍ତି
support-in = ଫାଇଲରେ ଅଛି: ସଂସ୍କରଣ, ଗୋପନ କଥା ନଥିବା ସେଟିଂ, ଫିଲ୍ମ ଓ ରିପୋର୍ଟର ସଂଖ୍ୟା, କେବେ କଣ ହେଲା, ତ୍ରୁଟି, ଡିସ୍କ, ମେମୋରି ଓ ତାପମାତ୍ରା।
support-not-in = ଫାଇଲରେ ନାହିଁ: ନାମ, ରୋଗୀଙ୍କ ନମ୍ବର, ଫିଲ୍ମ, ରିପୋର୍ଟ, ଟିପ୍ପଣୀ, ଫୋନ ନମ୍ବର, ପିନ ଓ ପାସୱାର୍ଡ।
support-how = ଫାଇଲଟି ଏମିତି ବନ୍ଦ ଯେ କେବଳ ସହାୟତା ଟିମ ଖୋଲିପାରିବେ। ବକ୍ସର ପୋର୍ଟାଲ ଥିଲେ ଅନଲାଇନ ହେଲେ ଏହା ସେଠାକୁ ଯାଏ; ଆପଣ ନେଇ ମଧ୍ୟ ପାରିବେ। କେହି ବକ୍ସ ଭିତରକୁ ଆସନ୍ତି ନାହିଁ।
support-ready-title = ଫାଇଲ ପ୍ରସ୍ତୁତ ଅଛି
support-ready = ଷ୍ଟିକରେ କିମ୍ବା ମେଲରେ ସହାୟତା ଟିମକୁ ଦେଇପାରିବେ। ସମୟ ସରିଲେ ବକ୍ସ ଓ ପୋର୍ଟାଲ ଏହାକୁ ହଟାନ୍ତି।
support-carry = ଫାଇଲ ସେଭ କରନ୍ତୁ
support-end = ସହମତି ଫେରାଇନିଅନ୍ତୁ ଓ ଫାଇଲ ହଟାନ୍ତୁ
support-impossible = ଏହି ବକ୍ସରେ ସହାୟତା ଟିମର ଚାବି ନାହିଁ। ଏଠାରେ ସହାୟତା ଟିମ ପାଇଁ କିଛି ତିଆରି ହୋଇପାରିବ ନାହିଁ।
support-agree-title = ସହମତି ଦିଅନ୍ତୁ
support-until = କେତେ ସମୟ ପାଇଁ
support-hours = { $count } ଘଣ୍ଟା
support-agree = ମୁଁ ସହମତ: ସହାୟତା ଟିମ ଏତେ ସମୟ ଏହା ଦେଖିପାରିବେ
support-submit = ସହମତି ଦିଅନ୍ତୁ ଓ ଫାଇଲ ତିଆରି କରନ୍ତୁ
support-log-title = କିଏ ସହମତି ଦେଲେ
support-log = { $name }: { $from } ରୁ { $until } ପର୍ଯ୍ୟନ୍ତ
support-log-ended = { $name }: { $from } ରୁ, { $until } ରେ ଫେରାଇନିଆଗଲା
support-way-waiting = ପୋର୍ଟାଲ ପାଇଁ ଅପେକ୍ଷାରେ
support-way-arrived = { $time } ରୁ ପୋର୍ଟାଲ ପାଖରେ ଅଛି
support-way-removed = ପୋର୍ଟାଲ ଏହାକୁ ହଟାଇଛି

## Worklist

worklist-title = କାମ ତାଲିକା
new-patient = ନୂଆ ରୋଗୀ
worklist-filter = ଦେଖାନ୍ତୁ
worklist-all = ସବୁ
worklist-empty = ଏଠାରେ କୌଣସି ପରୀକ୍ଷା ନାହିଁ।
worklist-empty-next = ରୋଗୀଙ୍କ ପଞ୍ଜୀକରଣ ପାଇଁ “ନୂଆ ରୋଗୀ” ଦବାନ୍ତୁ।
worklist-newer = ପୂର୍ବ ପୃଷ୍ଠା
worklist-older = ପରବର୍ତ୍ତୀ ପୃଷ୍ଠା
worklist-list = ପରୀକ୍ଷା ତାଲିକା, ଯେଉଁଗୁଡ଼ିକୁ ଜଣେ ବ୍ୟକ୍ତି ଦେଖିବା ଦରକାର ସେଗୁଡ଼ିକ ଆଗରେ
worklist-find = ନାମ, କ୍ଲିନିକର ନମ୍ବର କିମ୍ବା ପରୀକ୍ଷା ନମ୍ବର
worklist-find-short = ନାମ କିମ୍ବା ନମ୍ବର
worklist-find-submit = ଖୋଜନ୍ତୁ
worklist-narrow = ତାଲିକା ଛୋଟ କରନ୍ତୁ
worklist-by-day = ପଞ୍ଜୀକରଣ ଦିନ
worklist-by-urgency = ଜରୁରୀ ମାତ୍ରା
worklist-any-urgency = ଯେକୌଣସି ମାତ୍ରା
worklist-any-day = ଯେକୌଣସି ଦିନ
worklist-today = ଆଜି
worklist-week = ଗତ 7 ଦିନ
worklist-one-day = ଗୋଟିଏ ଦିନ
worklist-show = ଦେଖାନ୍ତୁ
worklist-lists = ତାଲିକା
worklist-retake = ପୁଣି ନେବାକୁ ହେବ
worklist-physician = ଡାକ୍ତରଙ୍କ ଅପେକ୍ଷାରେ
worklist-everything = ସବୁ ପରୀକ୍ଷା ଦେଖାନ୍ତୁ
worklist-clock = ଏହି ବକ୍ସର ଘଣ୍ଟାର ସମୟ ନିଶ୍ଚିତ ନୁହେଁ, ତେଣୁ ଦିନ ଭୁଲ ହୋଇପାରେ। “ଯେକୌଣସି ଦିନ”ରେ ମଧ୍ୟ ଦେଖନ୍ତୁ।
worklist-pages = ପୃଷ୍ଠା
patient-line = { $sex }, { $age }
age-years = { $years ->
        [one] 1 ବର୍ଷ
       *[other] { $years } ବର୍ଷ
    }
age-unknown = ବୟସ ଜଣା ନାହିଁ
local-id-label = ଆଇଡି { $id }
study-number = ପରୀକ୍ଷା { $number }
headline = { $finding }: { $call }

## New patient

register-title = ନୂଆ ରୋଗୀ
patient-name = ରୋଗୀଙ୍କ ନାମ
local-id = କ୍ଲିନିକରେ ରୋଗୀଙ୍କ ନମ୍ବର
local-id-help = ରେଜିଷ୍ଟର କିମ୍ବା ରୋଗୀଙ୍କ କାର୍ଡରେ ଯେପରି ଅଛି। ଛାଡ଼ି ମଧ୍ୟ ପାରିବେ।
sex = ଲିଙ୍ଗ
age = ବୟସ
age-title = ବୟସ, କିମ୍ବା ଜନ୍ମ ବର୍ଷ
age-help = ଦୁଇଟିରୁ ଗୋଟିଏ ପୂରଣ କରନ୍ତୁ।
age-in-years = ବୟସ (ବର୍ଷରେ)
birth-year = ଜନ୍ମ ବର୍ଷ
register-submit = ପଞ୍ଜୀକରଣ କରନ୍ତୁ, ତାପରେ ଫଟୋ ନିଅନ୍ତୁ
register-cancel = ବାତିଲ କରନ୍ତୁ

## Wrong fields

field-name = 1 ରୁ 120 ଅକ୍ଷରର ନାମ ଲେଖନ୍ତୁ।
field-name-taken = ଏହି ନାମରେ ଆଉ ଜଣେ ବ୍ୟବହାରକାରୀ ଅଛନ୍ତି: ଆଉ ଗୋଟିଏ ନାମ କିମ୍ବା ନାମର ପ୍ରଥମ ଅକ୍ଷର ଯୋଡ଼ନ୍ତୁ।
field-local_id = କ୍ଲିନିକ ନମ୍ବର ଅତି ବେଶୀରେ 40 ଅକ୍ଷରରେ ଲେଖନ୍ତୁ, କିମ୍ବା ଛାଡ଼ି ଦିଅନ୍ତୁ।
field-sex = ଗୋଟିଏ ଉତ୍ତର ବାଛନ୍ତୁ। “ଜଣା ନାହିଁ” ମଧ୍ୟ ବାଛିପାରିବେ।
field-age-missing = ବୟସ କିମ୍ବା ଜନ୍ମ ବର୍ଷ ଲେଖନ୍ତୁ। ବୟସ ଜଣା ଥିଲେ ହିଁ ସ୍କୋର ଦେଖାଯାଏ।
field-age-both = ବୟସ କିମ୍ବା ଜନ୍ମ ବର୍ଷ ଲେଖନ୍ତୁ, ଦୁଇଟି ଯାକ ନୁହେଁ।
field-age-range = ବୟସ 0 ରୁ 120 ମଧ୍ୟରେ ପୂର୍ଣ୍ଣ ସଂଖ୍ୟାରେ ଲେଖନ୍ତୁ।
field-birth-year-range = ଜନ୍ମ ବର୍ଷ ଚାରି ଅଙ୍କରେ ଲେଖନ୍ତୁ, { $first } ରୁ { $last } ମଧ୍ୟରେ।
field-pin = 4 ରୁ 12 ଅଙ୍କ ବାଛନ୍ତୁ ଯାହା ସବୁ ସମାନ ନୁହେଁ, କିମ୍ବା ଅତି କମରେ 8 ଅକ୍ଷର।
field-pin_again = ଦୁଇଟି ସମାନ ନୁହେଁ। ସମାନ ଲେଖା ଦୁଇ ଥର ଲେଖନ୍ତୁ।
field-code = ବକ୍ସ ତାହାର କନସୋଲରେ ଦେଖାଇଥିବା ପ୍ରଥମ ଲଗ୍ ଇନ୍ କୋଡ୍ ଲେଖନ୍ତୁ।
field-operator = ଆପଣଙ୍କ ନାମ ବାଛନ୍ତୁ।
field-role = ବ୍ୟବହାରକାରୀ କ’ଣ କରିପାରିବେ ତାହା ବାଛନ୍ତୁ।

## Study

study-title = ପରୀକ୍ଷା { $number }
study-registered = ପଞ୍ଜୀକରଣ: { $time }
next-title = କ’ଣ କରିବେ
no-reading = ରିଡିଂ ନାହିଁ
no-reading-yet = ଏପର୍ଯ୍ୟନ୍ତ ରିଡିଂ ନାହିଁ
upload-title = ଫିଲ୍ମର ଫଟୋ
upload-more-title = ଆଉ ଗୋଟିଏ ଫଟୋ ଯୋଡ଼ନ୍ତୁ
upload-how = ଫୋନକୁ ଲାଇଟ୍ ବକ୍ସର ଠିକ୍ ସାମ୍ନାରେ ସିଧା ଧରନ୍ତୁ। ପୂରା ଫିଲ୍ମ ଫଟୋରେ ଆସୁ, ସ୍ପଷ୍ଟ ଦେଖାଯାଉ, ଏବଂ ତାହା ଉପରେ ଆଲୁଅର ଚମକ ନ ପଡ଼ୁ।
upload-help = ଭଲ ଫଟୋ କିପରି ନେବେ
upload-camera = ଫଟୋ ନିଅନ୍ତୁ
live-title = ସୂଚନା ସହ କ୍ୟାମେରା
live-close = ବନ୍ଦ କରନ୍ତୁ
live-shutter = ଫଟୋ ନିଅନ୍ତୁ
upload-gallery = ଫୋନରୁ ବାଛନ୍ତୁ
upload-send = ଫଟୋ ପଠାନ୍ତୁ
upload-hold = ଫଟୋ ପଢ଼ା ଚାଲିଥିବା ବେଳେ ଏହି ପୃଷ୍ଠା ବାରମ୍ବାର ଆପେ ଲୋଡ୍ ହୁଏ। ଅନ୍ୟ ଫଟୋ ବାଛିବା ଆଗରୁ ଏଠାରେ ଦବାନ୍ତୁ।
upload-known = ଏହି ଫଟୋ ଆଗରୁ ବକ୍ସରେ ଥିଲା। କିଛି ଯୋଡ଼ାଗଲା ନାହିଁ।
viewer-title = ଏକ୍ସ-ରେ ଛବି
viewer-alt = ଏକ୍ସ-ରେ ଛବି, ଫଟୋରୁ ସିଧା କରାଯାଇଛି
viewer-no-reading = ଆପଣ ଫଟୋଟି ଦେଖି ନେବା ପାଇଁ ଏହା ଦେଖାଯାଇଛି। ଏହା ରିଡିଂ ନୁହେଁ।
heatmap-alt = ଏକ୍ସ-ରେ ଛବି ଉପରେ ହିଟମ୍ୟାପ: { $finding }
heatmap-title = ହିଟମ୍ୟାପ
heatmap-help = ମଡେଲ କେଉଁଠି ଦେଖିଲା ତାହା ହିଟମ୍ୟାପ ଦେଖାଏ। ଏହା ଫାଇଣ୍ଡିଂର ଧାର ଆଙ୍କେ ନାହିଁ। ଫିଲ୍ମର ଯେଉଁଠି କିଛି ବି ସେହି ଫାଇଣ୍ଡିଂକୁ ସୂଚାଏ ନାହିଁ, ସେଠାରେ ଏହା ଖାଲି ରହେ।
heatmap-none = ବନ୍ଦ
heatmap-show = ହିଟମ୍ୟାପ: { $finding }
heatmap-opacity = ହିଟମ୍ୟାପ କେତେ ଗାଢ଼ ଦେଖାଯିବ
heatmap-hint = ଇଙ୍ଗିତ
lungs-show = ଫୁସଫୁସ ଓ ପ୍ରଭାବିତ ଅଂଶ
lungs-alt = ଦୁଇ ଫୁସଫୁସର ରୂପରେଖା, ଏବଂ ପ୍ରଭାବିତ ବୋଲି ଧରାଯାଇଥିବା ଅଂଶ ଉପରେ ଗାର
lungs-help = ନୀଳ ରେଖା ହେଉଛି ଫୁସଫୁସ, ନେଟୱାର୍କ ଯେପରି ତାହାର ରୂପରେଖା ଆଙ୍କିଛି। ଗାର ଥିବା ଅଂଶକୁ ନେଟୱାର୍କ ପ୍ରଭାବିତ ବୋଲି ଧରୁଛି।
viewer-photo = ନିଆଯାଇଥିବା ମୂଳ ଫଟୋ
viewer-photo-alt = ଫିଲ୍ମର ଫଟୋ, ଯେପରି ନିଆଯାଇଥିଲା
viewer-zoom-in = ବଡ଼ କରନ୍ତୁ
viewer-zoom-out = ଛୋଟ କରନ୍ତୁ
viewer-invert = କଳା-ଧଳା ଓଲଟାନ୍ତୁ
viewer-reset = ପୂର୍ବ ଭଳି କରନ୍ତୁ
viewer-full = ପୂରା
viewer-level = ଲେଭଲ (ଉଜ୍ଜ୍ୱଳତା)
viewer-window = ୱିଣ୍ଡୋ (କଣ୍ଟ୍ରାଷ୍ଟ)
viewer-adjust = ୱିଣ୍ଡୋ ଓ ଲେଭଲ
viewer-keys = ଘୁଞ୍ଚାଇବା ପାଇଁ ଟାଣନ୍ତୁ, ଛୋଟ-ବଡ଼ କରିବା ପାଇଁ ଦୁଇ ଆଙ୍ଗୁଠିରେ ଚିପନ୍ତୁ ବା ମାଉସର ଚକ ଘୂରାନ୍ତୁ, ଶୀଘ୍ର ବଡ଼ କରିବା ପାଇଁ ଦୁଇ ଥର ଟ୍ୟାପ୍ କରନ୍ତୁ।
scores-title = ସ୍କୋର
scores-help = ପ୍ରତି ଫାଇଣ୍ଡିଂ ପାଇଁ 0 ରୁ 1 ମଧ୍ୟରେ ଗୋଟିଏ ସ୍କୋର, ମଡେଲର ସୀମା ସହିତ। ସୀମାର ଦୁଇ ପଟରେ ଥିବା ଧୂସର ପଟିର ଅର୍ଥ: ଏତେ ପାଖରେ ଯେ କହିହେବ ନାହିଁ।
score-label = ସ୍କୋର { $score }
threshold-label = ସୀମା { $threshold }
score-bar = { $finding }: ସ୍କୋର { $score }, ସୀମା { $threshold }, { $call }
hints-title = ଇଙ୍ଗିତ (ଦୁର୍ବଳ ପ୍ରମାଣ)
hints-help = ଏହି ଫାଇଣ୍ଡିଂଗୁଡ଼ିକରେ ମଡେଲକୁ ଯଥେଷ୍ଟ ଭଲ ଭାବେ ପରଖାଯାଇ ନାହିଁ। ଇଙ୍ଗିତ କେବେ ବି ଜରୁରୀ ସ୍ତର ବଦଳାଏ ନାହିଁ।
hint-mark = ଇଙ୍ଗିତ (ଦୁର୍ବଳ ପ୍ରମାଣ)
legend-score = ସ୍କୋର
legend-threshold = ସୀମା
legend-band = ଏତେ ପାଖରେ ଯେ କହିହେବ ନାହିଁ
not-assessed-title = ଯାଞ୍ଚ କରାଯାଇ ନାହିଁ
not-assessed-help = ଏହି ଫାଇଣ୍ଡିଂଗୁଡ଼ିକ ବିଷୟରେ ବକ୍ସ କିଛି କହୁ ନାହିଁ। ସ୍କୋର ନ ଥିବାର ଅର୍ଥ ନୁହେଁ ଯେ ଫାଇଣ୍ଡିଂଟି ନାହିଁ।
glare-on-lungs = ଫୁସଫୁସର { $share } % ଅଂଶ ଉପରେ ଆଲୁଅର ଚମକ ପଡ଼ିଛି। ତାହା ତଳେ କ’ଣ ଅଛି, କହିହେବ ନାହିଁ।
lung-share-title = ଓପାସିଟି ଥିବା ଫୁସଫୁସ ଅଂଶ
lung-share = ଦୁଇ ଫୁସଫୁସର { $both } %: ଡାହାଣ ଫୁସଫୁସ { $right } %, ବାମ ଫୁସଫୁସ { $left } %। ଏହି ଫିଲ୍ମର ଆଉ ଗୋଟିଏ ଫଟୋରେ { $low } ରୁ { $high } % ଆସିପାରେ।
lung-share-help = ଏହା ଛବିରେ କ୍ଷେତ୍ରଫଳର ଅଂଶ, ଆୟତନର ନୁହେଁ। ମଡେଲ ଏହା ଅଙ୍କାଯାଇଥିବା ଓପାସିଟିରୁ ଶିଖିଛି: ପ୍ରକୃତରେ ତାହା କ’ଣ, ଡାକ୍ତର ବିଚାର କରନ୍ତି।
not-assessed-lung-share = ଫୁସଫୁସର ପ୍ରଭାବିତ ଅଂଶ
not-assessed-lung-share-reason = ଏହି ରିଡିଂରେ ଫୁସଫୁସର ରୂପରେଖା ଅଙ୍କାଯାଇ ନାହିଁ।
not-assessed-not-in-model = ଏହି ବକ୍ସର ମଡେଲ ଏହାର ସ୍କୋର ଦିଏ ନାହିଁ।
not-assessed-channel = ଫିଲ୍ମର ଫଟୋ ଉପରେ ମଡେଲର ସ୍କୋର ପରଖାଯାଇ ନାହିଁ।
not-assessed-below-age = ରୋଗୀଙ୍କ ବୟସ { $min } ବର୍ଷରୁ କମ୍, କିମ୍ବା କମ୍ ହୋଇପାରେ, ଏବଂ ମଡେଲକୁ କେବଳ ସେହି ବୟସ ଓ ତାହାଠାରୁ ଅଧିକ ବୟସ ପାଇଁ ପରଖାଯାଇଛି।
not-assessed-age-unknown = ବୟସ ଜଣା ନାହିଁ, ଏବଂ ମଡେଲକୁ କେବଳ { $min } ବର୍ଷ ଓ ତାହାଠାରୁ ଅଧିକ ବୟସ ପାଇଁ ପରଖାଯାଇଛି।
remarks-title = ଫଟୋ ଉପରେ ମନ୍ତବ୍ୟ
remarks-none = କୌଣସି ମନ୍ତବ୍ୟ ନାହିଁ: ଫିଲ୍ମ ଓ ଫଟୋ ଯଥେଷ୍ଟ ଭଲ ଥିଲା, ଏବଂ ଫିଲ୍ମ ସିଧା ଥିଲା।
orientation-90 = ଫଟୋରେ ଫିଲ୍ମଟି 90° ବୁଲିଥିଲା। ବକ୍ସ ତାକୁ ସିଧା କରିଛି।
orientation-180 = ଫଟୋରେ ଫିଲ୍ମଟିର ଉପର ତଳ ଓଲଟା ଥିଲା। ବକ୍ସ ତାକୁ ସିଧା କରିଛି।
orientation-270 = ଫଟୋରେ ଫିଲ୍ମଟି 270° ବୁଲିଥିଲା। ବକ୍ସ ତାକୁ ସିଧା କରିଛି।
orientation-mirrored = ଫିଲ୍ମଟି ପଛପଟୁ ଦେଖାଯାଉଛି ବୋଲି ଧରାଗଲା, ଏବଂ ବକ୍ସ ତାହାର ବାମ-ଡାହାଣ ଓଲଟାଇ ଦେଲା। ସାଇଡ୍ ମାର୍କର ଦେଖନ୍ତୁ: ତାହାର ଅକ୍ଷର ସିଧା ପଢ଼ାଯିବା ଦରକାର।
orientation-inverted = କଳା-ଧଳା ଓଲଟା ଥିଲା। ହାଡ଼ ଯେପରି ଧଳା ଦେଖାଯିବ, ସେଥିପାଇଁ ବକ୍ସ ତାକୁ ପୁଣି ବଦଳାଇ ଦେଲା।
mirror-doubtful = ଫିଲ୍ମଟି ପଛପଟୁ ଦେଖାଯାଉଥିଲା କି ନାହିଁ, ବକ୍ସ ନିଶ୍ଚିତ ନୁହେଁ।
    .next = ଡାହାଣ-ବାମ ଧରିବା ଆଗରୁ ଫିଲ୍ମର ସାଇଡ୍ ମାର୍କର (L କିମ୍ବା R) ଦେଖନ୍ତୁ।
age-doubtful = ଫିଲ୍ମଟି ଛୋଟ ପିଲାର ଭଳି ଲାଗୁଛି, କିନ୍ତୁ ପଞ୍ଜୀକରଣରେ ରୋଗୀଙ୍କ ବୟସ ଅଧିକ ଅଛି।
    .next = କେହି ସ୍କୋର ବ୍ୟବହାର କରିବା ଆଗରୁ ଏହା ଏହି ରୋଗୀଙ୍କ ଫିଲ୍ମ କି ନୁହେଁ ଦେଖି ନିଅନ୍ତୁ।
same-film-this = ଏହି ପରୀକ୍ଷାର ଗୋଟିଏ ଫଟୋରେ ଥିବା ଫିଲ୍ମ ଏହି ରୋଗୀଙ୍କ ପରୀକ୍ଷା { $number } ର ଫିଲ୍ମ ଭଳି ଦେଖାଯାଉଛି।
    .next = ପରୀକ୍ଷା { $number } ଖୋଲନ୍ତୁ, ଦୁଇଟି ଫିଲ୍ମ ଦେଖନ୍ତୁ, ଏବଂ ଏହା ସେହି ଫିଲ୍ମ କି ନୁହେଁ ଏଠାରେ ଜଣାନ୍ତୁ।
same-film-another = ଏହି ପରୀକ୍ଷାର ଗୋଟିଏ ଫଟୋରେ ଥିବା ଫିଲ୍ମ ପରୀକ୍ଷା { $number } ର ଫିଲ୍ମ ଭଳି ଦେଖାଯାଉଛି, ଯାହା ଅନ୍ୟ ଜଣେ ରୋଗୀଙ୍କ ନାମରେ ଅଛି।
    .next = କେହି ସ୍କୋର ବ୍ୟବହାର କରିବା ଆଗରୁ ଦୁଇଟି ଫିଲ୍ମ ଓ ସେଥିରେ ଥିବା ନାମ ମିଳାନ୍ତୁ। ତାପରେ ଏହା ସେହି ଫିଲ୍ମ କି ନୁହେଁ ଏଠାରେ ଜଣାନ୍ତୁ।
same-film-same-this = ଏହା ଏହି ରୋଗୀଙ୍କ ପରୀକ୍ଷା { $number } ରେ ଥିବା ସେହି ଏକା ଫିଲ୍ମ।
    .next = ଆଉ କିଛି କରିବାର ନାହିଁ: ଦୁଇଟି ପରୀକ୍ଷା ଅଲଗା ରହିବ, ଏବଂ ଦୁଇଟିର ରିଡିଂ ରହିବ।
same-film-same-another = ଏହା ପରୀକ୍ଷା { $number } ରେ ଥିବା ସେହି ଏକା ଫିଲ୍ମ, ଯାହା ଅନ୍ୟ ଜଣେ ରୋଗୀଙ୍କ ନାମରେ ଅଛି। ଦୁଇଟି ନାମରୁ ଗୋଟିଏ ଭୁଲ।
    .next = ଫିଲ୍ମଟି କାହାର ଜାଣନ୍ତୁ, ଏବଂ କେହି ଏହି ଦୁଇ ପରୀକ୍ଷାର କୌଣସି ସ୍କୋର ବ୍ୟବହାର କରିବା ଆଗରୁ ଡାକ୍ତରଙ୍କୁ ଜଣାନ୍ତୁ।
same-film-other = ଫିଲ୍ମଟି ପରୀକ୍ଷା { $number } ର ଫିଲ୍ମ ଭଳି ଦେଖାଯାଉଛି, କିନ୍ତୁ ଏହା ଅନ୍ୟ ଏକ ଫିଲ୍ମ।
    .next = ଆଉ କିଛି କରିବାର ନାହିଁ।
same-film-answered = { $name } { $time } ବେଳେ ଏହା ଜଣାଇଛନ୍ତି।
same-film-open = ପରୀକ୍ଷା { $number } ଖୋଲନ୍ତୁ
same-film-yes = ଏହା ସେହି ଏକା ଫିଲ୍ମ
same-film-no = ଏହା ଅନ୍ୟ ଫିଲ୍ମ
same-film-change = ଉତ୍ତର ବଦଳାନ୍ତୁ
report-title = ରିପୋର୍ଟର ଖସଡ଼ା
report-help = ବକ୍ସ ଲେଖିଛି। ଡାକ୍ତର ନିଷ୍ପତ୍ତି ନିଅନ୍ତି ଓ ଦସ୍ତଖତ କରନ୍ତି।
photos-title = ଫଟୋ
photos-none = ଏପର୍ଯ୍ୟନ୍ତ କୌଣସି ଫଟୋ ନାହିଁ।
photo-number = ଫଟୋ { $number }
photo-received = ମିଳିଲା: { $time }
photo-original = ମୂଳ ଫଟୋ ଡାଉନଲୋଡ୍ କରନ୍ତୁ
photo-retry = ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ
photo-correct = ରୂପରେଖା କିମ୍ବା ଡାହାଣ-ବାମ ଠିକ୍ କରନ୍ତୁ
photo-corrected = ଏହି ଫଟୋରେ ଫିଲ୍ମ କିପରି ଅଛି ତାହା ଜଣେ ବ୍ୟକ୍ତି ଦେଖାଇଛନ୍ତି।

## Correcting how a film lies in its photo

correct-title = ଫିଲ୍ମ ଠିକ୍ କରନ୍ତୁ
correct-photo = ଫଟୋ, ଫିଲ୍ମର ରୂପରେଖା ସହିତ
correct-corners = ଫିଲ୍ମର କୋଣ
correct-corners-help = ଚାରୋଟି ଚିହ୍ନକୁ ଟାଣି ଫିଲ୍ମର ଗୋଟିଏ ଗୋଟିଏ କୋଣ ଉପରେ ରଖନ୍ତୁ।
correct-corners-missing = ବକ୍ସ ଏଠାରେ କୌଣସି ଫିଲ୍ମ ପାଇଲା ନାହିଁ। ଚାରୋଟି ଚିହ୍ନକୁ ଟାଣି ଫିଲ୍ମର ଗୋଟିଏ ଗୋଟିଏ କୋଣ ଉପରେ ରଖନ୍ତୁ।
correct-numbers = କୋଣଗୁଡ଼ିକ ସଂଖ୍ୟାରେ
correct-numbers-help = ଫଟୋର ଓସାର ଓ ଉଚ୍ଚତାର ପ୍ରତିଶତ, ଉପର ବାମ କୋଣରୁ।
correct-right = ଡାହାଣକୁ
correct-down = ତଳକୁ
correct-move = ଟାଣନ୍ତୁ, କିମ୍ବା କିବୋର୍ଡର ତୀର ବଟନ ଦବାନ୍ତୁ।
corner-top-left = ଉପର ବାମ
corner-top-right = ଉପର ଡାହାଣ
corner-bottom-right = ତଳ ଡାହାଣ
corner-bottom-left = ତଳ ବାମ
correct-turn = ଫିଲ୍ମର ଉପର ପଟ
correct-turn-help = ରୋଗୀଙ୍କ କାନ୍ଧ ଫଟୋର କେଉଁ ଧାରରେ ଅଛି?
turn-0 = ଉପରେ
turn-90 = ଡାହାଣରେ
turn-180 = ତଳେ
turn-270 = ବାମରେ
correct-shown = ଫିଲ୍ମ କିପରି ଦେଖାଯାଇଛି
correct-mirrored = ପଛପଟୁ ଦେଖାଯାଉଛି
correct-mirrored-help = ଅକ୍ଷର ଓ ସାଇଡ୍ ମାର୍କର ଓଲଟା ପଢ଼ାଯାଉଛି।
correct-inverted = ହାଡ଼ କଳା ଦେଖାଯାଉଛି
correct-inverted-help = ଫୁସଫୁସ ଉଜ୍ଜ୍ୱଳ ଓ ହାଡ଼ କଳା, ଯେପରି କେତେକ ସ୍କ୍ରିନରେ ଦେଖାଯାଏ।
correct-submit = ଫଟୋଟି ପୁଣି ପଢ଼ନ୍ତୁ
correct-cancel = ଯେମିତି ଅଛି ସେମିତି ରଖନ୍ତୁ
photo-in-use = ରିଡିଂଟି ଏହି ଫଟୋରୁ ହୋଇଛି।
photo-better = ଅପେକ୍ଷାକୃତ ଭଲ ଫଟୋ: ଏଥିରେ ମନ୍ତବ୍ୟ କମ୍ କିମ୍ବା ସାମାନ୍ୟ।
again-title = ଆଉ ଗୋଟିଏ ଫଟୋ ନେଲେ ସୁବିଧା ହେବ
again-help = ଦୁଇଟି ରିଡିଂ ରଖାଯାଏ ଓ ତୁଳନା କରାଯାଏ। ଯେଉଁଟି ଅଧିକ ଜରୁରୀ, ସେଇଟି ଧରାଯାଏ।
again-take = ଦ୍ୱିତୀୟ ଫଟୋ ନିଅନ୍ତୁ
repeat-title = ଫଟୋର ତୁଳନା
repeat-help = ବକ୍ସ ଗୋଟିଏ ଫିଲ୍ମର ପ୍ରତି ଫଟୋକୁ ଅଲଗା ଅଲଗା ପଢ଼େ। ସ୍କୋର କେତେ ସମାନ ଆସୁଛି ତାହା ଏଥିରୁ ଜଣାପଡ଼େ।
repeat-one = ଏହି ଫିଲ୍ମର { $readings ->
        [2] ଦୁଇଟି ଫଟୋ
       *[other] { $readings }ଟି ଫଟୋ
    }: ସ୍କୋରରେ ସର୍ବାଧିକ { $difference } ଫରକ; { $agreement }।
repeat-agree = ଏହି ଫିଲ୍ମର { $readings ->
        [2] ଦୁଇଟି ଫଟୋ
       *[other] { $readings }ଟି ଫଟୋ
    }: ସ୍କୋରରେ ସର୍ବାଧିକ { $difference } ଫରକ। ସବୁ ଫଳ ସମାନ।
repeat-differ = ଏହି ଫିଲ୍ମର { $readings ->
        [2] ଦୁଇଟି ଫଟୋ
       *[other] { $readings }ଟି ଫଟୋ
    }: ସ୍କୋରରେ ସର୍ବାଧିକ { $difference } ଫରକ। ଫଳ ଅଲଗା ଅଲଗା।
repeat-other-model = ଏହି ଫିଲ୍ମର { $readings ->
        [2] ଦୁଇଟି ଫଟୋ
       *[other] { $readings }ଟି ଫଟୋ
    } ଅଲଗା ଅଲଗା ମଡେଲ ଦ୍ୱାରା ପଢ଼ାଯାଇଛି, ତେଣୁ ଏଗୁଡ଼ିକର ସ୍କୋର ତୁଳନା କରିହେବ ନାହିଁ।
repeat-same = { $readings ->
        [2] ଦୁଇଟି ଯାକ { $call }
       *[other] ସବୁଗୁଡ଼ିକ { $call }
    }
repeat-calls-differ = ଫଳ ଅଲଗା ଅଲଗା
repeat-finding = ସ୍କୋରରେ ସର୍ବାଧିକ { $difference } ଫରକ; { $agreement }
repeat-reading = ଫଟୋ { $number }: { $score }, { $call }
repeat-doubt = ଏହି ଫିଲ୍ମର ଫଟୋଗୁଡ଼ିକର ଫଳ ମେଳ ଖାଉ ନାହିଁ: { $findings }।
    .next = ଜଣେ ଡାକ୍ତର ମୂଳ ଫିଲ୍ମଟି ନିଶ୍ଚୟ ଦେଖିବା ଦରକାର। ପ୍ରତି ଫଟୋରେ ଏହି ରୋଗୀଙ୍କ ଫିଲ୍ମ ଅଛି କି ନାହିଁ ଦେଖି ନିଅନ୍ତୁ।
steps-title = ପର୍ଯ୍ୟାୟ
step-done = ସରିଛି
step-now = ଏବେ
step-waiting = ବାକି
step-failed = ବିଫଳ
step-stopped = ହୋଇନାହିଁ
model-line = ମଡେଲ { $model }, { $backend } ରେ

## States of a study

state-registered = ଏପର୍ଯ୍ୟନ୍ତ ଫଟୋ ନାହିଁ
    .what = ରୋଗୀଙ୍କ ପଞ୍ଜୀକରଣ ହୋଇଛି। ଫିଲ୍ମର ଫଟୋ ଏପର୍ଯ୍ୟନ୍ତ ନାହିଁ।
    .next = ଏବେ ଫିଲ୍ମର ଫଟୋ ନିଅନ୍ତୁ।
state-processing = ପଢ଼ାଯାଉଛି
    .what = ଫଟୋ ବକ୍ସରେ ସୁରକ୍ଷିତ ଅଛି ଓ ପଢ଼ାଯାଉଛି।
    .next = କିଛି ସେକେଣ୍ଡ ଅପେକ୍ଷା କରନ୍ତୁ: ଏହି ପୃଷ୍ଠା ଆପେ ବଦଳିବ। ଆପଣ ପରବର୍ତ୍ତୀ ରୋଗୀଙ୍କ କାମ ମଧ୍ୟ କରିପାରିବେ।
state-retake_asked = ଫଟୋ ପୁଣି ନିଅନ୍ତୁ
    .what = ଫଟୋଟି ପଢ଼ିବା ପାଇଁ ଯଥେଷ୍ଟ ଭଲ ନୁହେଁ, ତେଣୁ କୌଣସି ସ୍କୋର ନାହିଁ।
    .next = ସେହି ଫିଲ୍ମର ନୂଆ ଫଟୋ ନିଅନ୍ତୁ। ତଳେ ଦିଆଯାଇଥିବା ପରାମର୍ଶ ମାନନ୍ତୁ।
state-held = ଜଣେ ବ୍ୟକ୍ତି ଦେଖିବା ଦରକାର
    .what = ବକ୍ସରେ ଗୋଟିଏ ପର୍ଯ୍ୟାୟ ବିଫଳ ହେଲା। ଫଟୋ ସୁରକ୍ଷିତ ଅଛି, କିନ୍ତୁ କୌଣସି ସ୍କୋର ନାହିଁ।
    .next = ତଳେ ଫଟୋ ପାଖରେ ଯାହା ଲେଖାଅଛି ତାହା କରନ୍ତୁ, ତାପରେ “ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ” ଦବାନ୍ତୁ।
state-reported = ପଢ଼ାସରିଛି
    .what = ବକ୍ସ ଏକ୍ସ-ରେ ଛବି ପଢ଼ିସାରିଛି।
    .next = ଡାକ୍ତର ଫିଲ୍ମ ଦେଖନ୍ତି ଓ ନିଷ୍ପତ୍ତି ନିଅନ୍ତି।
state-signed = ଦସ୍ତଖତ ହୋଇଛି
    .what = ଡାକ୍ତର ରିପୋର୍ଟରେ ଦସ୍ତଖତ କରିଛନ୍ତି।
    .next = ଏଠାରେ ଆଉ କିଛି କରିବାର ନାହିଁ।
state-voided = ବାତିଲ
    .what = ଏହି ପରୀକ୍ଷାର ପଞ୍ଜୀକରଣ ଭୁଲରେ ହୋଇଥିଲା। ଏହାର କୌଣସି ରିଡିଂ ନାହିଁ।
    .next = ଫିଲ୍ମ ପଢ଼ିବାର ଥିଲେ ରୋଗୀଙ୍କ ପଞ୍ଜୀକରଣ ପୁଣି କରନ୍ତୁ।

## States of a photo

photo-captured = ରଖାଯାଇଛି, ପଢ଼ାଯିବାକୁ ବାକି
photo-digitised = ଫିଲ୍ମ ମିଳିଲା ଓ ସିଧା କରାଗଲା
photo-accepted = ଯଥେଷ୍ଟ ଭଲ, ସ୍କୋର ଦିଆଯାଉଛି
photo-scored = ସ୍କୋର ଦିଆଗଲା, ରିପୋର୍ଟ ଲେଖାଯାଉଛି
photo-reported = ପଢ଼ାସରିଛି
photo-refused = ଯଥେଷ୍ଟ ଭଲ ନୁହେଁ: ପୁଣି ନିଅନ୍ତୁ
photo-held_digitise = ଫିଲ୍ମ ଖୋଜିଲାବେଳେ ଅଟକିଗଲା
photo-held_grade = ଗୁଣମାନ ଯାଞ୍ଚ ବେଳେ ଅଟକିଗଲା
photo-held_score = ସ୍କୋର ଦେଲାବେଳେ ଅଟକିଗଲା
photo-held_draft = ରିପୋର୍ଟ ଲେଖିଲାବେଳେ ଅଟକିଗଲା

stage-stored = ବକ୍ସରେ ସୁରକ୍ଷିତ ଭାବେ ରଖାଯାଇଛି
stage-digitise = ଫିଲ୍ମ ଖୋଜିବା ଓ ସିଧା କରିବା
stage-grade = ଗୁଣମାନ ଯାଞ୍ଚ କରିବା
stage-score = ଫାଇଣ୍ଡିଂର ସ୍କୋର ଦେବା
stage-draft = ରିପୋର୍ଟର ଖସଡ଼ା ଲେଖିବା

## Urgency

urgency-urgent = ଜରୁରୀ
    .what = ଯେଉଁ ଫାଇଣ୍ଡିଂରେ ଡେରି କରିବା ଉଚିତ ନୁହେଁ, ସେପରି ଗୋଟିଏ ତାହାର ସୀମାଠାରୁ ଉପରେ ଅଛି।
    .next = ଏହି ଫିଲ୍ମ ଏବେ ଜଣେ ଡାକ୍ତରଙ୍କୁ ଦେଖାନ୍ତୁ।
urgency-soon = ଶୀଘ୍ର
    .what = ଗୋଟିଏ ଫାଇଣ୍ଡିଂ ତାହାର ସୀମାଠାରୁ ଉପରେ ଅଛି, କିମ୍ବା ସୀମାର ଏତେ ପାଖରେ ଯେ କହିହେବ ନାହିଁ, କିମ୍ବା କୌଣସି ଫାଇଣ୍ଡିଂ ଯାଞ୍ଚ କରାଯାଇପାରିଲା ନାହିଁ।
    .next = ଏହି ଫିଲ୍ମ ଆଜି ଜଣେ ଡାକ୍ତରଙ୍କୁ ଦେଖାନ୍ତୁ।
urgency-routine = ନିୟମିତ କ୍ରମ
    .what = ଯାଞ୍ଚ କରାଯାଇଥିବା କୌଣସି ଫାଇଣ୍ଡିଂ ତାହାର ସୀମାଠାରୁ ଉପରେ ନାହିଁ। ଏଥିରୁ ରୋଗ ନାହିଁ ବୋଲି ପ୍ରମାଣ ହୁଏ ନାହିଁ।
    .next = ନିୟମିତ କ୍ରମରେ ଜଣେ ଡାକ୍ତରଙ୍କୁ ଫିଲ୍ମ ପଢ଼ିବାକୁ ଦିଅନ୍ତୁ। ରୋଗୀ ଅସୁସ୍ଥ ଲାଗିଲେ ଅପେକ୍ଷା କରନ୍ତୁ ନାହିଁ।

## Findings

finding-tuberculosis = ଟିବି (ଯକ୍ଷ୍ମା) ସହ ମେଳ ଖାଉଥିବା ଲକ୍ଷଣ
finding-covid19 = COVID-19 ଭଳି ପ୍ୟାଟର୍ନ
finding-pneumonia = ନିମୋନିଆ ଭଳି ଓପାସିଟି
finding-effusion = ପ୍ଲୁରାଲ ଇଫ୍ୟୁଜନ (ଫୁସଫୁସ ଆବରଣରେ ପାଣି)
finding-cardiomegaly = ହୃତପିଣ୍ଡର ଛାଇ ବଡ଼
finding-abnormal = ଯେକୌଣସି ଅସ୍ୱାଭାବିକତା
finding-pneumothorax = ନିଉମୋଥୋରାକ୍ସ
finding-nodule = ନୋଡ୍ୟୁଲ (ଛୋଟ ଗଣ୍ଠି)
finding-mass = ମାସ୍ (ବଡ଼ ଗଣ୍ଠି)
finding-atelectasis = ଆଟେଲେକ୍ଟାସିସ
finding-consolidation = କନସୋଲିଡେସନ
finding-infiltration = ଇନଫିଲଟ୍ରେସନ
finding-edema = ଇଡିମା
finding-pleural_thickening = ପ୍ଲୁରା ମୋଟା ହେବା
finding-fibrosis = ଫାଇବ୍ରୋସିସ
finding-emphysema = ଏମ୍ଫାଇସିମା
finding-hernia = ହାଇଏଟାଲ ହର୍ନିଆ
finding-lung_lesion = ନୋଡ୍ୟୁଲ କିମ୍ବା ମାସ୍
finding-lung_opacity = ଫୁସଫୁସରେ ଓପାସିଟି (ଧଳା ଛାଇ)
finding-enlarged_cardiomediastinum = ହୃତପିଣ୍ଡ ଓ ମିଡିଆଷ୍ଟିନମର ଛାଇ ଚଉଡ଼ା
finding-fracture = ଫ୍ରାକ୍ଚର (ହାଡ଼ ଭଙ୍ଗା)

call-above = ସୀମାଠାରୁ ଉପରେ
call-below = ସୀମାଠାରୁ ତଳେ
call-indeterminate = ସୀମାର ଏତେ ପାଖରେ ଯେ କହିହେବ ନାହିଁ

evidence-assessed = ଯାଞ୍ଚ କରାଯାଇଛି
evidence-hint = ଇଙ୍ଗିତ (ଦୁର୍ବଳ ପ୍ରମାଣ)

sex-female = ମହିଳା
sex-male = ପୁରୁଷ
sex-other = ଅନ୍ୟ
sex-unknown = ଜଣା ନାହିଁ

role-technician = ଟେକ୍ନିସିଆନ
    .help = ରୋଗୀଙ୍କ ପଞ୍ଜୀକରଣ କରନ୍ତି ଓ ଫିଲ୍ମର ଫଟୋ ନିଅନ୍ତି।
role-physician = ଡାକ୍ତର
    .help = ଫିଲ୍ମ ପଢ଼ନ୍ତି, ରିପୋର୍ଟ ଲେଖନ୍ତି ଓ ଦସ୍ତଖତ କରନ୍ତି।
role-administrator = ଆଡମିନିଷ୍ଟ୍ରେଟର
    .help = ବ୍ୟବହାରକାରୀଙ୍କୁ ମଧ୍ୟ ଯୋଡ଼ନ୍ତି।
role-support = ସହାୟତା
    .help = ବକ୍ସର ଦେଖାଶୁଣା କରନ୍ତି। କୌଣସି ରୋଗୀଙ୍କୁ ଦେଖନ୍ତି ନାହିଁ।

backend-tract = tract (CPU)
backend-tensorrt = TensorRT

side-right = ଡାହାଣ
side-central = ମଝି
side-left = ବାମ
zone-upper = ଉପର
zone-middle = ମଝି
zone-lower = ତଳ

## What is wrong with a photo

issue-blur = ଫଟୋଟି ଝାପ୍ସା ଅଛି।
    .next = ଫୋନକୁ ଦୁଇ ହାତରେ ଧରନ୍ତୁ, ଫୋକସ ପାଇଁ ଫିଲ୍ମ ଉପରେ ଟ୍ୟାପ୍ କରନ୍ତୁ, ଏବଂ ସ୍ପଷ୍ଟ ହେବା ପର୍ଯ୍ୟନ୍ତ ଅପେକ୍ଷା କରନ୍ତୁ।
    .remark = ଫଟୋଟି ଟିକେ ଝାପ୍ସା ଅଛି: ଛୋଟ ଫାଇଣ୍ଡିଂ ଧରା ନ ପଡ଼ିପାରେ।
issue-glare = ଫିଲ୍ମର କିଛି ଅଂଶ ଉପରେ ଆଲୁଅର ଚମକ ପଡ଼ିଛି।
    .next = କୋଠରିର ଆଲୁଅ ବନ୍ଦ କରନ୍ତୁ, କିମ୍ବା ଏପରି ଠିଆ ହୁଅନ୍ତୁ ଯେପରି କୌଣସି ବତୀ ବା ଝରକାର ପ୍ରତିଛବି ଫିଲ୍ମରେ ନ ଦେଖାଯାଏ।
    .remark = ଫିଲ୍ମ ଉପରେ ଅଳ୍ପ ଆଲୁଅର ଚମକ ଅଛି: ସେହି ଜାଗାଟି ମୂଳ ଫିଲ୍ମରେ ଦେଖନ୍ତୁ।
issue-underexposed = ଫଟୋଟି ବହୁତ ଅନ୍ଧାରିଆ।
    .next = ଲାଇଟ୍ ବକ୍ସ ଚାଲୁ କରନ୍ତୁ, କିମ୍ବା ଫୁସଫୁସର କଳା ଅଂଶ ଉପରେ ଟ୍ୟାପ୍ କରନ୍ତୁ, ଯାହା ଫଳରେ ଫୋନ ଫଟୋକୁ ଅଧିକ ଉଜ୍ଜ୍ୱଳ କରିବ।
    .remark = ଫଟୋଟି ଟିକେ ଅନ୍ଧାରିଆ: କଳା ଜାଗାରେ ସୂକ୍ଷ୍ମ ଅଂଶ କମ୍ ଦେଖାଯାଏ।
issue-overexposed = ଫଟୋଟି ବହୁତ ଉଜ୍ଜ୍ୱଳ।
    .next = ଫିଲ୍ମର ସବୁଠାରୁ ଉଜ୍ଜ୍ୱଳ ଅଂଶ ଉପରେ ଟ୍ୟାପ୍ କରନ୍ତୁ, ଯାହା ଫଳରେ ଫୋନ ଫଟୋର ଉଜ୍ଜ୍ୱଳତା କମାଇବ।
    .remark = ଫଟୋଟି ଟିକେ ଅଧିକ ଉଜ୍ଜ୍ୱଳ: ଉଜ୍ଜ୍ୱଳ ଜାଗାରେ ସୂକ୍ଷ୍ମ ଅଂଶ କମ୍ ଦେଖାଯାଏ।
issue-cut_off = ଫିଲ୍ମର ଗୋଟିଏ ଅଂଶ ଫଟୋ ବାହାରେ ଅଛି।
    .next = ଫିଲ୍ମର ଚାରି କୋଣ ଫଟୋକୁ ଆସିବା ପର୍ଯ୍ୟନ୍ତ ପଛକୁ ଯାଆନ୍ତୁ।
    .remark = ଫିଲ୍ମର ଗୋଟିଏ ଧାର ଫଟୋର ଧାର ପାଖରେ ଅଛି: କିଛି କଟିଯାଇ ନାହିଁ ତ, ଦେଖି ନିଅନ୍ତୁ।
issue-occluded = ହାତ କିମ୍ବା କୌଣସି ଜିନିଷ ଫିଲ୍ମର ଗୋଟିଏ ଅଂଶକୁ ଢାଙ୍କିଛି।
    .next = ଫିଲ୍ମ ଉପରୁ କ୍ଲିପ୍, ହାତ ଓ କାଗଜ କାଢ଼ି ଦିଅନ୍ତୁ।
    .remark = କୌଣସି ଛୋଟ ଜିନିଷ ଫିଲ୍ମର ଗୋଟିଏ ଧାରକୁ ଢାଙ୍କିଛି: ସେହି ଜାଗାଟି ମୂଳ ଫିଲ୍ମରେ ଦେଖନ୍ତୁ।
issue-backlight = ଫିଲ୍ମ ପଛର କୌଣସି ଜିନିଷ ଦେଖାଯାଉଛି, କିମ୍ବା ପଛର ଆଲୁଅ ସବୁଠି ସମାନ ନୁହେଁ।
    .next = ଫିଲ୍ମକୁ ଲାଇଟ୍ ବକ୍ସ ଉପରେ, କିମ୍ବା ସବୁଠି ସମାନ ଥିବା ଧଳା ଆଲୁଅ ସାମ୍ନାରେ ରଖନ୍ତୁ।
    .remark = ଫିଲ୍ମ ପଛର ଆଲୁଅ ସବୁଠି ସମାନ ନୁହେଁ: ସେହି ଜାଗାଟି ମୂଳ ଫିଲ୍ମରେ ଦେଖନ୍ତୁ।
issue-too_small = ଫଟୋରେ ଫିଲ୍ମ ବହୁତ ଛୋଟ ଅଛି।
    .next = ଫିଲ୍ମ ଫଟୋର ଅଧିକାଂଶ ଜାଗା ନେବା ପର୍ଯ୍ୟନ୍ତ ପାଖକୁ ଯାଆନ୍ତୁ।
    .remark = ଫଟୋରେ ଫିଲ୍ମ ଟିକେ ଛୋଟ ଅଛି: ଛୋଟ ଫାଇଣ୍ଡିଂ ଧରା ନ ପଡ଼ିପାରେ।
issue-not_chest_film = ଫିଲ୍ମଟି ଛାତିର ଏକ୍ସ-ରେ ଭଳି ଲାଗୁ ନାହିଁ।
    .next = ଏହା ଏହି ରୋଗୀଙ୍କ ଛାତିର ଫିଲ୍ମ କି ନୁହେଁ ଦେଖି ନିଅନ୍ତୁ, ତାପରେ ସିଧା ରଖି ଫଟୋ ନିଅନ୍ତୁ।
    .remark = ଫିଲ୍ମଟି ଛାତିର ସାଧାରଣ ଏକ୍ସ-ରେ ଭଳି ପୂରା ଲାଗୁ ନାହିଁ: ଫିଲ୍ମଟି ଦେଖି ନିଅନ୍ତୁ।
issue-lateral = ଫିଲ୍ମରେ ଛାତି ପାଖପଟୁ (ଲାଟେରାଲ) ଦେଖାଯାଉଛି।
    .next = ସାମ୍ନାରୁ ନିଆଯାଇଥିବା ଫିଲ୍ମର ଫଟୋ ନିଅନ୍ତୁ।
    .remark = ଫିଲ୍ମରେ ଛାତି ହୁଏତ ପାଖପଟୁ (ଲାଟେରାଲ) ଦେଖାଯାଉଛି: ଫିଲ୍ମଟି ଦେଖି ନିଅନ୍ତୁ।
issue-two_films = ଦୁଇଟି ଫିଲ୍ମ ପାଖାପାଖି ଅଛି।
    .next = ଲାଇଟ୍ ବକ୍ସରେ କେବଳ ଗୋଟିଏ ଫିଲ୍ମ ରଖନ୍ତୁ ଓ କେବଳ ତାହାର ଫଟୋ ନିଅନ୍ତୁ।
    .remark = ଫଟୋରେ ହୁଏତ ଆଉ ଗୋଟିଏ ଫିଲ୍ମ ଅଛି: ଠିକ୍ ଫିଲ୍ମଟି ପଢ଼ାଯାଇଛି କି ନାହିଁ ଦେଖି ନିଅନ୍ତୁ।
issue-lungs_not_seen = ଫିଲ୍ମରେ ଦୁଇଟି ଯାକ ଫୁସଫୁସ ଚିହ୍ନିହେଉ ନାହିଁ।
    .next = ଏହା ଛାତିର ଫିଲ୍ମ କି ନୁହେଁ ଏବଂ ଫୁସଫୁସକୁ କିଛି ଢାଙ୍କି ନାହିଁ ତ, ଦେଖି ନିଅନ୍ତୁ; ତାପରେ ପୁଣି ଫଟୋ ନିଅନ୍ତୁ।
    .remark = ଦୁଇଟି ଯାକ ଫୁସଫୁସ ଚିହ୍ନିବା କଷ୍ଟକର।
issue-lungs_cut_off = ଫୁସଫୁସ ଫିଲ୍ମର ଧାର ପର୍ଯ୍ୟନ୍ତ ଯାଇଛି: ତାହାର କିଛି ଅଂଶ ନ ଥାଇପାରେ।
    .next = ମୂଳ ଫିଲ୍ମଟି ଦେଖନ୍ତୁ। ଯଦି ସେଥିରେ ମଧ୍ୟ ଫୁସଫୁସ କଟିଯାଇଛି, ତେବେ ଏକ୍ସ-ରେ ପୁଣି କରିବେ କି ନାହିଁ ଡାକ୍ତରଙ୍କୁ ପଚାରନ୍ତୁ; ଆଉ ଗୋଟିଏ ଫଟୋ ନେଲେ ଲାଭ ନାହିଁ।
    .remark = ଫୁସଫୁସ ଫିଲ୍ମର ଧାର ପର୍ଯ୍ୟନ୍ତ ଯାଇଛି: ତାହାର କିଛି ଅଂଶ ନ ଥାଇପାରେ। ଯଦି ମୂଳ ଫିଲ୍ମରେ ମଧ୍ୟ କଟିଯାଇଛି, ତେବେ କେବଳ ନୂଆ ଏକ୍ସ-ରେ କାମ ଦେବ।
issue-film_overexposed = ମୂଳ ଫିଲ୍ମଟି ହିଁ ବହୁତ କଳା: ଫୁସଫୁସରେ ସୂକ୍ଷ୍ମ ଅଂଶ ଦେଖାଯାଉ ନାହିଁ।
    .next = କମ୍ ଏକ୍ସପୋଜରରେ ଏକ୍ସ-ରେ ପୁଣି କରିବେ କି ନାହିଁ ଡାକ୍ତରଙ୍କୁ ପଚାରନ୍ତୁ; ଆଉ ଗୋଟିଏ ଫଟୋ ନେଲେ ଲାଭ ନାହିଁ।
    .remark = ମୂଳ ଫିଲ୍ମଟି ହିଁ ବହୁତ କଳା: ଫୁସଫୁସରେ ସୂକ୍ଷ୍ମ ଅଂଶ କମ୍ ଦେଖାଯାଉଛି। ଆଉ ଗୋଟିଏ ଫଟୋ ନେଲେ ଲାଭ ନାହିଁ; କମ୍ ଏକ୍ସପୋଜରରେ ନୂଆ ଏକ୍ସ-ରେ କଲେ ଲାଭ ହୋଇପାରେ।
issue-film_underexposed = ମୂଳ ଫିଲ୍ମଟି ହିଁ ବହୁତ ଧଳା: ଛାତିର ମଝିରେ ସୂକ୍ଷ୍ମ ଅଂଶ ଦେଖାଯାଉ ନାହିଁ।
    .next = ଅଧିକ ଏକ୍ସପୋଜରରେ ଏକ୍ସ-ରେ ପୁଣି କରିବେ କି ନାହିଁ ଡାକ୍ତରଙ୍କୁ ପଚାରନ୍ତୁ; ଆଉ ଗୋଟିଏ ଫଟୋ ନେଲେ ଲାଭ ନାହିଁ।
    .remark = ମୂଳ ଫିଲ୍ମଟି ହିଁ ବହୁତ ଧଳା: ଛାତିର ମଝିରେ ସୂକ୍ଷ୍ମ ଅଂଶ କମ୍ ଦେଖାଯାଉଛି। ଆଉ ଗୋଟିଏ ଫଟୋ ନେଲେ ଲାଭ ନାହିଁ; ଅଧିକ ଏକ୍ସପୋଜରରେ ନୂଆ ଏକ୍ସ-ରେ କଲେ ଲାଭ ହୋଇପାରେ।
issue-patient_turned = ଦୁଇ ଫୁସଫୁସର ଓସାର ଅଲଗା: ଏକ୍ସ-ରେ ବେଳେ ରୋଗୀ ହୁଏତ ଟିକେ ବୁଲିଯାଇଥିଲେ।
    .next = ଦୁଇ କାନ୍ଧକୁ ସମାନ ଦୂରତାରେ ରଖି ଏକ୍ସ-ରେ ପୁଣି କରିବେ କି ନାହିଁ ଡାକ୍ତରଙ୍କୁ ପଚାରନ୍ତୁ; ଆଉ ଗୋଟିଏ ଫଟୋ ନେଲେ ଲାଭ ନାହିଁ।
    .remark = ଦୁଇ ଫୁସଫୁସର ଓସାର ଅଲଗା: ଏକ୍ସ-ରେ ବେଳେ ରୋଗୀ ହୁଏତ ଟିକେ ବୁଲିଯାଇଥିଲେ, କିମ୍ବା ଗୋଟିଏ ଫୁସଫୁସ ଛୋଟ।
issue-no_film = ଫଟୋରେ କୌଣସି ଫିଲ୍ମ ମିଳିଲା ନାହିଁ।
    .next = ଫିଲ୍ମକୁ ଲାଇଟ୍ ବକ୍ସ ଉପରେ ରଖନ୍ତୁ ଏବଂ ଚାରି କୋଣ ଆସିବା ଭଳି ଫଟୋ ନିଅନ୍ତୁ।
    .remark = ଫିଲ୍ମର ଧାର କଷ୍ଟରେ ମିଳିଲା: କିଛି କଟିଯାଇ ନାହିଁ ତ, ଦେଖି ନିଅନ୍ତୁ।
issue-unreadable = ଫଟୋ ଫାଇଲଟି ଖରାପ ହୋଇଯାଇଛି ଏବଂ ଖୋଲିହେଉ ନାହିଁ।
    .next = ଫୋନର କ୍ୟାମେରାରେ ନୂଆ ଫଟୋ ନିଅନ୍ତୁ।
    .remark = ଫଟୋ ଫାଇଲର ଗୋଟିଏ ଅଂଶ ଖରାପ ଥିଲା: ଏକ୍ସ-ରେ ଛବିର କୌଣସି ଅଂଶ ବାଦ ପଡ଼ିଛି କି, ଦେଖି ନିଅନ୍ତୁ।

## Report draft

draft-preamble = Fieldray ଛାତି ଫିଲ୍ମର ଫଟୋରୁ ଏହି ଖସଡ଼ା ଲେଖିଛି। ଏଥିରେ ଫାଇଣ୍ଡିଂଗୁଡ଼ିକର ସ୍କୋର ଅଛି, ରୋଗୀଙ୍କ ବିଷୟରେ ନିଷ୍ପତ୍ତି ନୁହେଁ।
draft-scored = { $finding }: ସ୍କୋର { $score } (ସୀମା { $threshold }), { $call }।
draft-scored-region = { $finding }: ସ୍କୋର { $score } (ସୀମା { $threshold }), { $call }; ସବୁଠାରୁ ଅଧିକ ଦେଖାଗଲା: { $region }।
draft-hint = ଇଙ୍ଗିତ (ଦୁର୍ବଳ ପ୍ରମାଣ): { $finding }: ସ୍କୋର { $score } (ସୀମା { $threshold }), { $call }।
draft-hint-region = ଇଙ୍ଗିତ (ଦୁର୍ବଳ ପ୍ରମାଣ): { $finding }: ସ୍କୋର { $score } (ସୀମା { $threshold }), { $call }; ସବୁଠାରୁ ଅଧିକ ଦେଖାଗଲା: { $region }।
draft-region-side = { $zone } ଜୋନ, ରୋଗୀଙ୍କ { $side } ପଟ
draft-region-central = { $zone } ଜୋନ, ମଝି ପାଖରେ
draft-nothing-above = ଯାଞ୍ଚ କରାଯାଇଥିବା କୌଣସି ଫାଇଣ୍ଡିଂ ତାହାର ସୀମାରେ କିମ୍ବା ସୀମା ପାଖରେ ନାହିଁ।
draft-nothing-assessed = ଏହି ଫିଲ୍ମରେ କୌଣସି ଫାଇଣ୍ଡିଂ ଯାଞ୍ଚ କରାଯାଇ ନାହିଁ।
draft-mirrored = ଫିଲ୍ମଟି ପଛପଟୁ ଦେଖାଯାଉଛି ବୋଲି ଧରାଗଲା, ଏବଂ ବକ୍ସ ତାହାର ବାମ-ଡାହାଣ ଓଲଟାଇ ଦେଲା: ସାଇଡ୍ ମାର୍କର ଦେଖନ୍ତୁ।
draft-mirror-doubtful = ଫିଲ୍ମଟି ପଛପଟୁ ଦେଖାଯାଉଥିଲା କି ନାହିଁ, ବକ୍ସ ନିଶ୍ଚିତ ନୁହେଁ: ସାଇଡ୍ ମାର୍କର ଦେଖନ୍ତୁ।
draft-age-doubtful = ଫିଲ୍ମଟି ଛୋଟ ପିଲାର ଭଳି ଲାଗୁଛି, କିନ୍ତୁ ପଞ୍ଜୀକରଣରେ ରୋଗୀଙ୍କ ବୟସ ଅଧିକ ଅଛି: ଏହା ଏହି ରୋଗୀଙ୍କ ଫିଲ୍ମ କି ନୁହେଁ ଦେଖି ନିଅନ୍ତୁ।
draft-looks-the-same-this = ଫିଲ୍ମଟି ଏହି ରୋଗୀଙ୍କ ପରୀକ୍ଷା { $number } ର ଫିଲ୍ମ ଭଳି ଦେଖାଯାଉଛି, ଏବଂ ଏହା ସେହି ଫିଲ୍ମ କି ନୁହେଁ ତାହା ଏପର୍ଯ୍ୟନ୍ତ କେହି ଜଣାଇ ନାହାନ୍ତି।
draft-looks-the-same-another = ଏହି ଫିଲ୍ମ କାହାର ଦେଖି ନିଅନ୍ତୁ: ଏହା ପରୀକ୍ଷା { $number } ର ଫିଲ୍ମ ଭଳି ଦେଖାଯାଉଛି, ଯାହା ଅନ୍ୟ ଜଣେ ରୋଗୀଙ୍କ ନାମରେ ଅଛି।
draft-same-film-another = ଏହି ଫିଲ୍ମ କାହାର ଦେଖି ନିଅନ୍ତୁ: ସେହି ଏକା ଫିଲ୍ମ ପରୀକ୍ଷା { $number } ରେ ଅଛି, ଯାହା ଅନ୍ୟ ଜଣେ ରୋଗୀଙ୍କ ନାମରେ ଅଛି।
draft-remark = ମନ୍ତବ୍ୟ: { $remark }
draft-not-assessed = ଯାଞ୍ଚ କରାଯାଇ ନାହିଁ: { $findings }। { $reason }
draft-lung-share = ଓପାସିଟି ଥିବା ଫୁସଫୁସ: ଦୁଇ ଫୁସଫୁସର { $both } % (ଏହି ଫିଲ୍ମର ଆଉ ଗୋଟିଏ ଫଟୋରେ { $low } ରୁ { $high } % ଆସିପାରେ); ଡାହାଣ ଫୁସଫୁସ { $right } %, ବାମ ଫୁସଫୁସ { $left } %।
draft-lung-share-region = ଓପାସିଟି ଥିବା ଫୁସଫୁସ: ଦୁଇ ଫୁସଫୁସର { $both } % (ଏହି ଫିଲ୍ମର ଆଉ ଗୋଟିଏ ଫଟୋରେ { $low } ରୁ { $high } % ଆସିପାରେ); ଡାହାଣ ଫୁସଫୁସ { $right } %, ବାମ ଫୁସଫୁସ { $left } %; ସବୁଠାରୁ ଅଧିକ: { $region }।
draft-lung-share-none = ଯାଞ୍ଚ କରାଯାଇ ନାହିଁ: ଫୁସଫୁସର ପ୍ରଭାବିତ ଅଂଶ। ଏହି ରିଡିଂରେ ଫୁସଫୁସର ରୂପରେଖା ଅଙ୍କାଯାଇ ନାହିଁ।
draft-model = ମଡେଲ { $model } { $backend } ରେ ସ୍କୋର ଦେଇଛି।
draft-decision = ଡାକ୍ତର ଫିଲ୍ମ ଦେଖନ୍ତି ଓ ନିଷ୍ପତ୍ତି ନିଅନ୍ତି।

## Earlier films

priors-title = ଏହି ରୋଗୀଙ୍କ ପୂର୍ବ ଫିଲ୍ମ
priors-help = ଦୁଇଟି ଫିଲ୍ମ ପାଖାପାଖି ଦେଖିବା ପାଇଁ ଗୋଟିଏ ଖୋଲନ୍ତୁ।
prior-link = ପରୀକ୍ଷା { $number }, { $time }
compare-title = ପୂର୍ବରୁ ଓ ଏବେ
compare-back = ପରୀକ୍ଷାକୁ ଫେରନ୍ତୁ
compare-newer = ଏବେ: ପରୀକ୍ଷା { $number }
compare-earlier = ପୂର୍ବରୁ: ପରୀକ୍ଷା { $number }
compare-names-differ = ଏହି ଦୁଇ ପରୀକ୍ଷାର ନାମ ଅଲଗା। ଦୁଇଟି ଫିଲ୍ମ ଜଣେ ହିଁ ବ୍ୟକ୍ତିଙ୍କର କି ନୁହେଁ ନିଶ୍ଚିତ କରନ୍ତୁ।
compare-change-more = ପୂର୍ବ ଅପେକ୍ଷା ଫୁସଫୁସର ଅଧିକ ଅଂଶ ପ୍ରଭାବିତ।
compare-change-less = ପୂର୍ବ ଅପେକ୍ଷା ଫୁସଫୁସର କମ୍ ଅଂଶ ପ୍ରଭାବିତ।
compare-change-not-reliable = ଭରସା କରିବା ଭଳି କୌଣସି ପରିବର୍ତ୍ତନ ନାହିଁ।
compare-change-none = ତୁଳନା କରିହେବ ନାହିଁ: ଦୁଇଟି ଫିଲ୍ମରେ ଫୁସଫୁସର ରୂପରେଖା ସମାନ ନେଟୱାର୍କ ଆଙ୍କି ନାହିଁ।
compare-change-help = ଏହି ଫିଲ୍ମଗୁଡ଼ିକର ଆଉ ଗୋଟିଏ ଫଟୋ ନେଲେ ଯେତିକି ଫରକ ହୋଇପାରେ, ତାହାଠାରୁ ଅଧିକ ହେଲେ ହିଁ ପରିବର୍ତ୍ତନ ବୋଲି ଧରାଯାଏ। ଡାକ୍ତର ଦୁଇଟି ଫିଲ୍ମ ଦେଖନ୍ତି ଓ ନିଷ୍ପତ୍ତି ନିଅନ୍ତି।
compare-shares = ଓପାସିଟି ଥିବା ଫୁସଫୁସ ଅଂଶ: ପୂର୍ବରୁ { $before } %, ଏବେ { $after } %। ଗୋଟିଏ ଫିଲ୍ମର ଦୁଇଟି ଫଟୋରେ { $error } ପଏଣ୍ଟ ଫରକ ହୋଇପାରେ।
compare-films = ଦୁଇଟି ଫିଲ୍ମ
compare-slide = ବାମ: ନୂଆ ଫିଲ୍ମ। ଡାହାଣ: ପୂର୍ବ ଫିଲ୍ମ। ମଝିର ଗାରକୁ ଘୁଞ୍ଚାନ୍ତୁ।
compare-registered = ପୂର୍ବ ଫିଲ୍ମକୁ ଘୁଞ୍ଚାଯାଇଛି ଓ ଟଣାଯାଇଛି, ଯେପରି ତାହାର ଫୁସଫୁସ ନୂଆ ଫିଲ୍ମର ଫୁସଫୁସ ଉପରେ ପଡ଼ିବ। ତାହାର ଆକାର ମାପିବା ପାଇଁ ନୁହେଁ।
compare-unregistered = ଦୁଇଟି ଯାକ ଫିଲ୍ମରେ ଫୁସଫୁସର ରୂପରେଖା ଅଙ୍କାଯାଇ ନାହିଁ, ତେଣୁ ପୂର୍ବ ଫିଲ୍ମ ଯେମିତି ଅଛି ସେମିତି ଦେଖାଯାଇଛି।
compare-calls = ମଡେଲ ପୂର୍ବରୁ ଓ ଏବେ କ’ଣ କହିଲା
compare-calls-help = କେବଳ ଯେଉଁ ଫାଇଣ୍ଡିଂର ସ୍କୋର ଦୁଇଟି ଯାକ ପରୀକ୍ଷାରେ ଦିଆଯାଇଛି। ସେଗୁଡ଼ିକର ସ୍କୋର ତୁଳନା କରାଯାଏ ନାହିଁ: ଏହି ରୋଗୀଙ୍କ ପାଇଁ ଦୁଇଟି ଫଟୋ ମଧ୍ୟରେ କେତେ ଫରକ ହୁଏ ତାହା ଜଣା ନାହିଁ।
compare-call-same = ଦୁଇ ଥର ଯାକ { $call }।
compare-call = ପୂର୍ବରୁ: { $earlier }। ଏବେ: { $newer }।
## Report: writing and signing

report-edit-title = ରିପୋର୍ଟ
report-amend-title = ରିପୋର୍ଟ ସଂଶୋଧନ କରନ୍ତୁ
report-write = ରିପୋର୍ଟ ଲେଖନ୍ତୁ
report-read = ଦସ୍ତଖତ ହୋଇଥିବା ରିପୋର୍ଟ ପଢ଼ନ୍ତୁ
report-saved = ବକ୍ସରେ ସେଭ୍ ହୋଇଛି: { $name }, { $time }। ଏପର୍ଯ୍ୟନ୍ତ ଦସ୍ତଖତ ହୋଇନାହିଁ।
report-saved-note = ବକ୍ସରେ ସେଭ୍ ହୋଇଛି। ଏପର୍ଯ୍ୟନ୍ତ ଦସ୍ତଖତ ହୋଇନାହିଁ।
report-new-reading = ଏହା ସେଭ୍ ହେବା ପରେ ରିଡିଂ ବଦଳିଛି। ଫାଇଣ୍ଡିଂଗୁଡ଼ିକ ବିଷୟରେ ପୁଣି ନିଷ୍ପତ୍ତି ନିଅନ୍ତୁ।
report-findings-title = ଫାଇଣ୍ଡିଂ
report-findings-help = ବକ୍ସ କ’ଣ କହିଲା ତାହା ପ୍ରତି ଫାଇଣ୍ଡିଂ ପାଖରେ ଲେଖାଅଛି। ଆପଣ ଫିଲ୍ମରେ କ’ଣ ଦେଖୁଛନ୍ତି?
report-must = ବକ୍ସ ଏହାକୁ ଦର୍ଶାଉଛି: ଦସ୍ତଖତ ଆଗରୁ ନିଷ୍ପତ୍ତି ନିଅନ୍ତୁ।
report-hints-title = ଦୁର୍ବଳ ପ୍ରମାଣ ଥିବା ଇଙ୍ଗିତ
report-add-title = ଫାଇଣ୍ଡିଂ ଯୋଡ଼ନ୍ତୁ
report-add-help = ବକ୍ସ ସ୍କୋର ଦେଇ ନ ଥିବା ଫାଇଣ୍ଡିଂ। ଫିଲ୍ମରେ ଯାହା ଦେଖୁଛନ୍ତି ସେଥିରେ ଟିକ୍ ଦିଅନ୍ତୁ।
report-conclusion = ନିଷ୍କର୍ଷ
report-conclusion-help = ବକ୍ସ ଏହା ଆରମ୍ଭ କରିଛି। ଫିଲ୍ମରେ କ’ଣ ଦେଖାଯାଉଛି ଲେଖନ୍ତୁ।
report-recommendation = ପରାମର୍ଶ
report-more-words = ଦରକାର ହେଲେ ଆଉ କିଛି ଲେଖନ୍ତୁ
report-no-template = ଏଥିରୁ କୌଣସିଟି ନୁହେଁ
report-score = ସ୍କୋର { $score }, ସୀମା { $threshold }
report-not-assessed = ଯାଞ୍ଚ କରାଯାଇ ନାହିଁ
report-sign-title = ଦସ୍ତଖତ
report-sign-help = ରିପୋର୍ଟ ତଳେ ଆପଣଙ୍କ ନାମ ରହିବ। ତାପରେ ଚିହ୍ନ ନ ରଖି କେହି ଏହାକୁ ବଦଳାଇପାରିବେ ନାହିଁ।
report-pin = ଆପଣଙ୍କ PIN କିମ୍ବା ପାସୱାର୍ଡ ପୁଣି ଥରେ
report-sign = ରିପୋର୍ଟରେ ଦସ୍ତଖତ କରନ୍ତୁ
report-sign-amended = ବଦଳାଯାଇଥିବା ରିପୋର୍ଟରେ ଦସ୍ତଖତ କରନ୍ତୁ
report-save = ସେଭ୍ କରନ୍ତୁ, ଦସ୍ତଖତ ପରେ
report-next = ପରବର୍ତ୍ତୀ
report-previous = ପୂର୍ବବର୍ତ୍ତୀ
report-place = ଦସ୍ତଖତ ପାଇଁ { $count }ଟିରୁ { $place } ନମ୍ବର
report-reason = ରିପୋର୍ଟ କାହିଁକି ବଦଳାଯାଉଛି?
report-reason-help = ରିପୋର୍ଟ ପଢ଼ୁଥିବା ସମସ୍ତେ ଏହି ବାକ୍ୟ ଦେଖିବେ।
report-undecided = ଦସ୍ତଖତ ଆଗରୁ “{ $finding }” ବିଷୟରେ ନିଷ୍ପତ୍ତି ନିଅନ୍ତୁ।
report-no-conclusion = ଦସ୍ତଖତ ଆଗରୁ ନିଷ୍କର୍ଷ ଲେଖନ୍ତୁ।
field-text-long = ସର୍ବାଧିକ { $most } ଅକ୍ଷର, ଏବଂ କୌଣସି କଣ୍ଟ୍ରୋଲ ଅକ୍ଷର ନୁହେଁ।
opinion-seen = ଦେଖାଯାଉଛି
opinion-not_seen = ଦେଖାଯାଉ ନାହିଁ
opinion-undecided = ନିଷ୍ପତ୍ତି ହୋଇନାହିଁ
decision-not_commented = ମତାମତ ନାହିଁ
decision-accepted = ଦେଖାଯାଉଛି
decision-rejected = ଦେଖାଯାଉ ନାହିଁ
decision-added = ଦେଖାଯାଉଛି, ଯୋଡ଼ାଯାଇଛି
recommendation-clinical = ରୋଗୀଙ୍କ ଅସୁବିଧା ଓ ଶାରୀରିକ ପରୀକ୍ଷା ସହ ମିଳାଇ ଦେଖନ୍ତୁ।
recommendation-sputum = ଟିବି ପାଇଁ କଫ (ଖଙ୍କାର) ପରୀକ୍ଷା କରନ୍ତୁ (Xpert କିମ୍ବା ସ୍ମିୟର)।
recommendation-repeat = ଏକ୍ସ-ରେ ଫିଲ୍ମ ପୁଣି କରନ୍ତୁ।
recommendation-again = 4 ରୁ 6 ସପ୍ତାହ ପରେ ପୁଣି ଛାତିର ଏକ୍ସ-ରେ।
recommendation-ct = ଛାତିର CT।
recommendation-refer = ଡାକ୍ତରଖାନାକୁ ରେଫର କରନ୍ତୁ।
not-assessed-heart-ratio = କାର୍ଡିଓଥୋରାସିକ ଅନୁପାତ
not-assessed-heart-ratio-reason = ଏହି ବକ୍ସ ହୃତପିଣ୍ଡ ମାପେ ନାହିଁ।

## Report: signed

report-signed-title = ଦସ୍ତଖତ ହୋଇଥିବା ରିପୋର୍ଟ
report-signed-by = ଦସ୍ତଖତ: { $name }, { $time }
report-version = ସଂସ୍କରଣ { $version }
report-reason-line = କାରଣ: { $reason }
report-older = ଏହା ଏକ ପୁରୁଣା ସଂସ୍କରଣ।
report-newest = ସବୁଠାରୁ ନୂଆ ସଂସ୍କରଣ ଦେଖାନ୍ତୁ
report-box-said = ବକ୍ସ
report-physician-said = ଡାକ୍ତର
report-pdf = ପ୍ରିଣ୍ଟ କରନ୍ତୁ (PDF)
report-letter = ରେଫରାଲ ଚିଠି
report-amend = ରିପୋର୍ଟ ସଂଶୋଧନ କରନ୍ତୁ
report-versions-title = ସଂସ୍କରଣ
report-versions-help = ପ୍ରତି ସଂସ୍କରଣ ତାହାର ପୂର୍ବ ସଂସ୍କରଣ ସହ ଏକାଠି ମୋହର କରାଯାଇଛି। କିଛି ବଦଳିଲେ ଜଣାପଡ଼ିବ।
report-hash = ମୋହର
report-none-written = କିଛି ଲେଖାଯାଇ ନାହିଁ।
report-no-remarks = କିଛି ନାହିଁ।
how-singly = ଅଲଗା ପଢ଼ାଯାଇଛି
how-audit_sample = ଅଲଗା ପଢ଼ାଯାଇଛି, ରାଣ୍ଡମ୍ ଭାବେ ବଛାଯାଇଥିଲା
how-batch = ଅନ୍ୟଗୁଡ଼ିକ ସହ ଏକାଠି ଦସ୍ତଖତ ହୋଇଛି

## Review

review-title = ଦସ୍ତଖତ ପାଇଁ ରିପୋର୍ଟ
review-none = କୌଣସି ରିପୋର୍ଟରେ ଦସ୍ତଖତ ବାକି ନାହିଁ।
review-count = { $count ->
        [one] 1ଟି ରିପୋର୍ଟ ବାକି ଅଛି
       *[other] { $count }ଟି ରିପୋର୍ଟ ବାକି ଅଛି
    }
review-start = ଗୋଟି ଗୋଟି କରି ପଢ଼ନ୍ତୁ
review-batch-title = ଯେଉଁ ଫିଲ୍ମରେ କୌଣସି ଫାଇଣ୍ଡିଂ ସୀମା ପାଖରେ ନାହିଁ
review-batch-help = ସବୁ ଯାଞ୍ଚ କରାଯାଇଛି, କିଛି ବି ତାହାର ସୀମାରେ କିମ୍ବା ସୀମା ପାଖରେ ନାହିଁ, ଏବଂ ଫଟୋ ଉପରେ କୌଣସି ମନ୍ତବ୍ୟ ନାହିଁ। ଆପଣ ଏହି ଫିଲ୍ମଗୁଡ଼ିକୁ ଏକାଠି ଦେଖି ଥରେ ଦସ୍ତଖତ କରିପାରିବେ। ସେଥିରୁ କେତେକ ରାଣ୍ଡମ୍ ଭାବେ ବଛାଯାଏ ଓ ପ୍ରଥମେ ଗୋଟି ଗୋଟି କରି ପଢ଼ାଯାଏ।
review-batch-draw = { $count ->
        [one] 1ଟି ଫିଲ୍ମ ଦେଖନ୍ତୁ
       *[other] { $count }ଟି ଫିଲ୍ମ ଦେଖନ୍ତୁ
    }
review-batch-open = { $count }ଟି ଫିଲ୍ମର ବ୍ୟାଚ୍ ସହ ଆଗକୁ ବଢ଼ନ୍ତୁ
review-list-title = ଜରୁରୀ ସ୍ତର ଅନୁସାରେ
review-more = କେବଳ ପ୍ରଥମ { $count }ଟି ଦେଖାଯାଇଛି। କେତେକରେ ଦସ୍ତଖତ କରନ୍ତୁ, ତାପରେ ପୁଣି ଦେଖନ୍ତୁ।
review-no-urgency = ଜରୁରୀ ସ୍ତର ଦିଆଯାଇ ନାହିଁ
batch-title = ଏକାଠି ଦସ୍ତଖତ କରିବାର ଫିଲ୍ମ
batch-sample-title = ପ୍ରଥମେ: ରାଣ୍ଡମ୍ ଭାବେ ବଛାଯାଇଛି, ଗୋଟି ଗୋଟି କରି ପଢ଼ନ୍ତୁ
batch-sample-help = ବକ୍ସ କିଛି କହି ନାହିଁ ବୋଲି ଭାବି ଜଣେ ବ୍ୟକ୍ତି ଏହି ଫିଲ୍ମଗୁଡ଼ିକୁ ଦେଖନ୍ତି। ସ୍କୋର ଭୁଲ ହେଉଥିଲେ ତାହା ଏଥିରୁ ଜଣାପଡ଼େ।
batch-sample-saw = ଏହି ନମୁନାର ଗୋଟିଏ ଫିଲ୍ମରେ ଆପଣ କିଛି ଦେଖିଲେ, ଯଦିଓ ବକ୍ସ କିଛି ଦେଖି ନ ଥିଲା। ଅନ୍ୟଗୁଡ଼ିକୁ ମଧ୍ୟ ଗୋଟି ଗୋଟି କରି ପଢ଼ନ୍ତୁ।
batch-sample-open = ଏହି ଫିଲ୍ମ ପଢ଼ନ୍ତୁ
batch-sample-done = ଦସ୍ତଖତ ହୋଇଛି
batch-films-title = { $count ->
        [one] 1ଟି ଫିଲ୍ମ
       *[other] { $count }ଟି ଫିଲ୍ମ
    }
batch-films-help = ପ୍ରତି ଫିଲ୍ମ ଦେଖନ୍ତୁ: ବଡ଼ କରି ଦେଖିବା ପାଇଁ ତାହା ଉପରେ ଦବାନ୍ତୁ। ଯେଉଁ ଫିଲ୍ମକୁ ଅଲଗା ପଢ଼ିବାକୁ ଚାହୁଁଛନ୍ତି, ତାହାର ଟିକ୍ କାଢ଼ି ଦିଅନ୍ତୁ।
batch-include = ଏଥିରେ ଦସ୍ତଖତ କରନ୍ତୁ
batch-left = ଏହି ବ୍ୟାଚରେ ଆଉ ନାହିଁ: ଏଥିରେ କିଛି ବଦଳିଛି। ଏହାକୁ ଅଲଗା ପଢ଼ନ୍ତୁ।
batch-confirm = ମୁଁ ଏଥିରୁ ପ୍ରତ୍ୟେକ ଫିଲ୍ମ ଦେଖିଛି।
batch-sign = { $count ->
        [one] 1ଟି ରିପୋର୍ଟରେ ଦସ୍ତଖତ କରନ୍ତୁ
       *[other] { $count }ଟି ରିପୋର୍ଟରେ ଦସ୍ତଖତ କରନ୍ତୁ
    }
batch-wait = ପ୍ରଥମେ ରାଣ୍ଡମ୍ ଭାବେ ବଛାଯାଇଥିବା ଫିଲ୍ମଗୁଡ଼ିକ ପଢ଼ନ୍ତୁ।
batch-done = { $count ->
        [one] 1ଟି ରିପୋର୍ଟରେ ଦସ୍ତଖତ ହେଲା।
       *[other] { $count }ଟି ରିପୋର୍ଟରେ ଦସ୍ତଖତ ହେଲା।
    }
batch-hints = ସୀମାଠାରୁ ଉପରେ ଥିବା ଇଙ୍ଗିତ: { $findings }
batch-alt = ପରୀକ୍ଷା { $number } ର ଫିଲ୍ମ

## Printed pages

print-title = ଛାତି ଫିଲ୍ମର ରିପୋର୍ଟ
print-patient = ରୋଗୀ
print-id = କ୍ଲିନିକ ନମ୍ବର
print-registered = ପଞ୍ଜୀକରଣ
age-title-short = ଲିଙ୍ଗ, ବୟସ
print-study = ପରୀକ୍ଷା
print-finding = ଫାଇଣ୍ଡିଂ
print-page = ପୃଷ୍ଠା
print-hints-note = h: ଦୁର୍ବଳ ପ୍ରମାଣ ଥିବା ଇଙ୍ଗିତ
print-assist = ସ୍କୋରଗୁଡ଼ିକ Fieldray ଦେଇଛି ଏବଂ ଏଗୁଡ଼ିକ ନିଷ୍ପତ୍ତି ନେଉଥିବା ବ୍ୟକ୍ତିଙ୍କୁ ସାହାଯ୍ୟ କରେ। ଏଗୁଡ଼ିକ ରୋଗୀଙ୍କ ବିଷୟରେ ନିଷ୍ପତ୍ତି ନୁହେଁ।
print-film-note = ଲାଇଟ୍ ବକ୍ସ ଉପରେ ଥିବା ଫିଲ୍ମର ଫଟୋ, { $time } ବେଳେ ନିଆଯାଇଛି। ମାପିବା ପାଇଁ ନୁହେଁ।
letter-title = ରେଫରାଲ ଚିଠି
letter-to = କାହା ପାଖକୁ (ଡାକ୍ତରଖାନା, ବିଭାଗ)
letter-reason = ରେଫର କରିବାର କାରଣ
letter-question = ସେମାନଙ୍କୁ କ’ଣ ପଚରାଯାଉଛି (ନ ଲେଖିଲେ ଚଳିବ)
letter-help = ଦସ୍ତଖତ ହୋଇଥିବା ରିପୋର୍ଟରୁ ଚିଠି ଛପାଯାଏ। ଏହା ବକ୍ସରେ ରହେ ନାହିଁ: ପ୍ରିଣ୍ଟ କରନ୍ତୁ କିମ୍ବା ସେଭ୍ କରନ୍ତୁ।
letter-make = ଚିଠି ତିଆରି କରନ୍ତୁ (PDF)
letter-to-label = ପ୍ରତି
letter-reason-label = କାରଣ
letter-question-label = ଆମର ପ୍ରଶ୍ନ
letter-opening = ଆମେ ଏହି ରୋଗୀଙ୍କୁ ଆପଣଙ୍କ ପାଖକୁ ରେଫର କରୁଛୁ। ଛାତିର ଫିଲ୍ମ { $time } ବେଳେ ପଢ଼ାଯାଇଥିଲା।
letter-field = 1 ରୁ { $most } ଅକ୍ଷର ଲେଖନ୍ତୁ।

## Operators

operators-title = ବ୍ୟବହାରକାରୀ
operators-list = ଏହି ବକ୍ସରେ କିଏ କାମ କରନ୍ତି
operators-add = ବ୍ୟବହାରକାରୀ ଯୋଡ଼ନ୍ତୁ
operators-name = ନାମ
operators-role = କ’ଣ କରିପାରିବେ
operators-submit = ବ୍ୟବହାରକାରୀଙ୍କୁ ଯୋଡ଼ନ୍ତୁ
operators-added = { $name }ଙ୍କୁ ଯୋଡ଼ାଗଲା। ସେହି ବ୍ୟକ୍ତିଙ୍କୁ PIN କୁହନ୍ତୁ, ସେ ପ୍ରଥମ ଲଗ୍ ଇନ୍ ବେଳେ ଅନ୍ୟ ଗୋଟିଏ ବାଛିବେ।

## About

about-title = ଏହି ବକ୍ସ ବିଷୟରେ
about-is = Fieldray ଛାତିର ଏକ୍ସ-ରେ ଫିଲ୍ମର ଫଟୋ ପଢ଼େ, ଫିଲ୍ମକୁ ସିଧା କରେ ଓ ଫାଇଣ୍ଡିଂଗୁଡ଼ିକର ସ୍କୋର ଦିଏ। ନିଷ୍ପତ୍ତି ନେଉଥିବା ବ୍ୟକ୍ତିଙ୍କୁ ଏହା ସାହାଯ୍ୟ କରେ।
about-not-title = ଏହା କ’ଣ ନୁହେଁ
about-not-1 = ଏହା ରୋଗ ନିର୍ଣ୍ଣୟ କରେ ନାହିଁ। ଡାକ୍ତର ଫିଲ୍ମ ଦେଖନ୍ତି ଓ ନିଷ୍ପତ୍ତି ନିଅନ୍ତି।
about-not-2 = କୌଣସି କର୍ତ୍ତୃପକ୍ଷ ଏହାକୁ ଚିକିତ୍ସା ଉପକରଣ ଭାବେ ମଞ୍ଜୁରୀ ଦେଇ ନାହାନ୍ତି।
about-not-3 = ସୀମାଠାରୁ ତଳେ ଥିବା ସ୍କୋରରୁ ରୋଗ ନାହିଁ ବୋଲି ପ୍ରମାଣ ହୁଏ ନାହିଁ। ସ୍କୋର ନ ଥିଲେ ସେଥିରୁ କିଛି ବି ଜଣାପଡ଼େ ନାହିଁ।
about-not-4 = ଏହା କେବଳ ସାମ୍ନାରୁ ନିଆଯାଇଥିବା ଛାତିର ଫିଲ୍ମ ପଢ଼େ। “ଯାଞ୍ଚ କରାଯାଇ ନାହିଁ” ତଳେ ଥିବା ଫାଇଣ୍ଡିଂ ଖୋଜାଯାଏ ନାହିଁ।
about-models-title = ଏହି ବକ୍ସର ମଡେଲ
about-models-none = କୌଣସି ମଡେଲ ଲୋଡ୍ ହୋଇନାହିଁ: ଫଟୋ ରଖାଯାଏ, କିନ୍ତୁ ପଢ଼ାଯାଏ ନାହିଁ।
about-model = { $id } { $version }
about-model-digest = SHA-256 { $digest }
about-version = ସଂସ୍କରଣ { $version }
about-backend = { $backend } ଦ୍ୱାରା ଗଣନା କରେ
about-backend-none = ଏବେ ଏହି ବକ୍ସରେ କୌଣସି ମଡେଲ ଚାଲିପାରିବ ନାହିଁ: ଫଟୋ ରଖାଯାଏ, କିନ୍ତୁ ପଢ଼ାଯାଏ ନାହିଁ।
about-help-title = ସାହାଯ୍ୟ ଦରକାର ହେଲେ
about-help = ପୃଷ୍ଠାରେ ଥିବା କୋଡ୍ (FR-…) ଓ ଉପରେ ଥିବା ସଂସ୍କରଣ କହନ୍ତୁ। ରୋଗୀଙ୍କ ନାମ ଦରକାର ନାହିଁ।

## Help

help-title = ସାହାଯ୍ୟ
help-photo-title = ତିନି ପଦକ୍ଷେପରେ ଭଲ ଫଟୋ
help-photo-1 = 1. ଫିଲ୍ମକୁ ଲାଇଟ୍ ବକ୍ସ ଉପରେ ସିଧା ରଖନ୍ତୁ।
help-photo-1-how = କାନ୍ଧ ଉପର ପଟେ; ସାଇଡ୍ ମାର୍କର (L କିମ୍ବା R) ସିଧା ପଢ଼ାଯିବ। କେବଳ ଗୋଟିଏ ଫିଲ୍ମ। ଲାଇଟ୍ ବକ୍ସ ଚାଲୁ, କୋଠରିର ଆଲୁଅ ବନ୍ଦ।
help-photo-2 = 2. ଫୋନକୁ ଫିଲ୍ମର ଠିକ୍ ସାମ୍ନାରେ ସିଧା ଧରନ୍ତୁ।
help-photo-2-how = ଦୁଇ ହାତରେ ଧରନ୍ତୁ, ଫୋନ ଫିଲ୍ମ ସହ ସମାନ୍ତର ଓ ତାହାର ମଝି ସାମ୍ନାରେ ରହୁ। ଫିଲ୍ମ ସ୍ପଷ୍ଟ ହେବା ପର୍ଯ୍ୟନ୍ତ ଅପେକ୍ଷା କରନ୍ତୁ।
help-photo-3 = 3. ପୂରା ଫିଲ୍ମ ଆସିବା ଭଳି ଫଟୋ ନିଅନ୍ତୁ।
help-photo-3-how = ଚାରି କୋଣ ଫଟୋରେ ରହୁ, ଏବଂ ଫିଲ୍ମ ଫଟୋର ଅଧିକାଂଶ ଜାଗା ନେଉ।
help-bad-title = ଏପରି ଦେଖାଗଲେ ଫଟୋ ପୁଣି ନିଅନ୍ତୁ
help-bad-glare = ଉଜ୍ଜ୍ୱଳ ଦାଗ: ବତୀ କିମ୍ବା ଝରକାର ପ୍ରତିଛବି ଫିଲ୍ମରେ ଦେଖାଯାଉଛି।
help-bad-cut = କଟିଯାଇଛି: ଫିଲ୍ମର ଗୋଟିଏ କୋଣ କିମ୍ବା ଧାର ନାହିଁ।
help-bad-tilt = ତେରଛା: ଫୋନ ଫିଲ୍ମ ସହ ସମାନ୍ତର ଧରାଯାଇ ନ ଥିଲା।
help-score-title = ସ୍କୋରର ଅର୍ଥ କ’ଣ
help-score-is = 0 ରୁ 1 ମଧ୍ୟରେ ଥିବା ସ୍କୋରରୁ ଜଣାପଡ଼େ, ଏହି ଫିଲ୍ମରେ ମଡେଲ ଗୋଟିଏ ଫାଇଣ୍ଡିଂର ଲକ୍ଷଣ କେତେ ପ୍ରବଳ ଭାବେ ଦେଖୁଛି।
help-score-not = ସ୍କୋର ରୋଗୀଙ୍କ ବିଷୟରେ ନିଷ୍ପତ୍ତି ନୁହେଁ, ଏବଂ ରୋଗୀ କେତେ ଅସୁସ୍ଥ ତାହା ଏହା କହେ ନାହିଁ।
help-score-above = ସୀମାଠାରୁ ଉପରେ: ପୃଷ୍ଠାରେ ଯେତେ ଶୀଘ୍ର ବୋଲି ଲେଖାଅଛି, ସେତେ ଶୀଘ୍ର ଏହି ଫିଲ୍ମ ଡାକ୍ତରଙ୍କୁ ଦେଖାନ୍ତୁ।
help-score-below = ସୀମାଠାରୁ ତଳେ: ମଡେଲ କମ୍ ଲକ୍ଷଣ ଦେଖୁଛି। ତଥାପି ରୋଗୀ ଅସୁସ୍ଥ ଥାଇପାରନ୍ତି। ରୋଗୀ ଅସୁସ୍ଥ ଲାଗିଲେ ଅପେକ୍ଷା କରନ୍ତୁ ନାହିଁ।
help-score-undecided = ସୀମାର ଏତେ ପାଖରେ ଯେ କହିହେବ ନାହିଁ: ଫାଇଣ୍ଡିଂଟି ଅନିଶ୍ଚିତ। ଜଣେ ଡାକ୍ତର ଫିଲ୍ମଟି ନିଶ୍ଚୟ ଦେଖିବା ଦରକାର।
help-not-assessed-title = “ଯାଞ୍ଚ କରାଯାଇ ନାହିଁ”ର ଅର୍ଥ କ’ଣ
help-not-assessed = ଏହି ଫାଇଣ୍ଡିଂ ବିଷୟରେ ବକ୍ସ କିଛି କହୁ ନାହିଁ: ତାହାର ମଡେଲ ଏହା ଖୋଜେ ନାହିଁ, କିମ୍ବା ଏହି ରୋଗୀଙ୍କ ବୟସ ପାଇଁ ପରଖାଯାଇ ନାହିଁ। ଏହାର ଅର୍ଥ ନୁହେଁ ଯେ ଫାଇଣ୍ଡିଂଟି ନାହିଁ।
help-no-reading = ଆଦୌ ସ୍କୋର ନ ଥିବାର ଅର୍ଥ: ଫିଲ୍ମ ପଢ଼ାଯାଇ ନାହିଁ। ଏହାର ଅର୍ଥ କେବେ ବି ନୁହେଁ ଯେ ସବୁ ଠିକ୍ ଅଛି।
help-call-title = କାହାକୁ ଡାକିବେ
help-call-patient = ରୋଗୀ ବହୁତ ଅସୁସ୍ଥ ଥିଲେ ସାଙ୍ଗେ ସାଙ୍ଗେ ଡାକ୍ତରଙ୍କୁ ଡାକନ୍ତୁ। ବକ୍ସ ପାଇଁ ଅପେକ୍ଷା କରନ୍ତୁ ନାହିଁ।
help-call-contact = ବକ୍ସ କାମ ନ କଲେ ଫୋନ କରନ୍ତୁ: { $contact }
help-call-nobody = ବକ୍ସ କାମ ନ କଲେ ଏହି ବକ୍ସର ଆଡମିନିଷ୍ଟ୍ରେଟରଙ୍କୁ ଜଣାନ୍ତୁ।
help-call-code = ପୃଷ୍ଠାରେ ଥିବା କୋଡ୍ (FR-…) ଓ “ବିବରଣୀ”ରେ ଥିବା ସଂସ୍କରଣ କହନ୍ତୁ। ରୋଗୀଙ୍କ ନାମ ଦରକାର ନାହିଁ।

## Texts used by the script

js-live-starting = କ୍ୟାମେରା ଖୋଲୁଛି
js-live-find = ପୂରା ଫିଲ୍ମକୁ ଛବି ଭିତରକୁ ଆଣନ୍ତୁ।
js-live-good = ଭଲ। ଫଟୋ ନିଅନ୍ତୁ।
js-live-taking = ସ୍ଥିର ରଖନ୍ତୁ
js-live-refused = ଏଠାରେ କ୍ୟାମେରା ବ୍ୟବହାର କରିହେବ ନାହିଁ। ଏହା ବନ୍ଦ କରନ୍ତୁ ଓ “ଫଟୋ ନିଅନ୍ତୁ” ଦବାନ୍ତୁ।
js-waiting = ଅପେକ୍ଷାରେ
js-looking = ଫଟୋ ଯାଞ୍ଚ ହେଉଛି
js-asked = ଏପର୍ଯ୍ୟନ୍ତ ପଠାଯାଇ ନାହିଁ
js-take-again = ପୁଣି ନିଅନ୍ତୁ
js-send-anyway = ତଥାପି ପଠାନ୍ତୁ
js-thumbnail = ନିଆଯାଇଥିବା ଫଟୋ
js-checking = ପ୍ରସ୍ତୁତ ହେଉଛି
js-sending = ପଠାଯାଉଛି
js-stored = ବକ୍ସରେ ସୁରକ୍ଷିତ
js-known = ଆଗରୁ ବକ୍ସରେ ଅଛି
js-retrying = ସଂଯୋଗ ନାହିଁ। ଆପେ ପୁଣି ଚେଷ୍ଟା ଚାଲିଛି। ଏହି ପୃଷ୍ଠା ଖୋଲା ରଖନ୍ତୁ।
js-failed = ଫଟୋ ଏପର୍ଯ୍ୟନ୍ତ ବକ୍ସରେ ପହଞ୍ଚି ନାହିଁ।
js-retry = ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ
js-remove = କାଢ଼ି ଦିଅନ୍ତୁ
js-leave = ଗୋଟିଏ ଫଟୋ ଏବେ ବି ପଠାଯାଉଛି।
js-photo = ଫଟୋ
js-offline = ବକ୍ସ ସହ ସଂଯୋଗ ନାହିଁ। ଏହି ପୃଷ୍ଠା ପୁରୁଣା ହୋଇଥାଇପାରେ।
js-too-large = ବକ୍ସ ଯେତିକି ନେଇପାରେ, ଫଟୋ ଫାଇଲ ତାହାଠାରୁ ବଡ଼।
js-too-large-next = ଛୋଟ ଫଟୋ ବାଛନ୍ତୁ, କିମ୍ବା କ୍ୟାମେରାର ରେଜୋଲ୍ୟୁସନ କମାନ୍ତୁ।

## Faults

fault-FR-101 = ଫଟୋ ଫାଇଲଟି ଖାଲି ଅଛି।
    .next = ପୁଣି ଫଟୋ ନେଇ ପଠାନ୍ତୁ।
fault-FR-102 = ଫଟୋ ଫାଇଲଟି ଅଧା ଅଛି: ତାହାର ଗୋଟିଏ ଅଂଶ ନାହିଁ।
    .next = ଫଟୋଟି ପୁଣି ପଠାନ୍ତୁ, କିମ୍ବା ନୂଆ ଫଟୋ ନିଅନ୍ତୁ।
fault-FR-103 = ଏହା ବକ୍ସ ପଢ଼ିପାରୁଥିବା ଫଟୋ ଫାଇଲ ନୁହେଁ।
    .next = ଫୋନ କ୍ୟାମେରାରେ ନିଆଯାଇଥିବା ଫଟୋ (JPEG, PNG କିମ୍ବା WebP) ପଠାନ୍ତୁ।
fault-FR-104 = ଏହି ଫଟୋ iPhone ର HEIC ଫର୍ମାଟରେ ଅଛି, ଯାହା ବକ୍ସ ପଢ଼ିପାରେ ନାହିଁ।
    .next = iPhone ରେ Settings → Camera → Formats ଖୋଲନ୍ତୁ, “Most Compatible” ବାଛନ୍ତୁ, ଏବଂ ପୁଣି ଫଟୋ ନିଅନ୍ତୁ।
fault-FR-105 = ବକ୍ସ ଯେତିକି ନେଇପାରେ, ଫଟୋ ଫାଇଲ ତାହାଠାରୁ ବଡ଼।
    .next = ଛୋଟ ଫଟୋ ବାଛନ୍ତୁ, କିମ୍ବା କ୍ୟାମେରାର ରେଜୋଲ୍ୟୁସନ କମାନ୍ତୁ, ଏବଂ ପୁଣି ପଠାନ୍ତୁ।
fault-FR-106 = ବକ୍ସ ଯେତିକି ନେଇପାରେ, ଫଟୋରେ ତାହାଠାରୁ ଅଧିକ ପିକ୍ସେଲ ଅଛି।
    .next = କ୍ୟାମେରାର ରେଜୋଲ୍ୟୁସନ କମାଇ ପୁଣି ଫଟୋ ନିଅନ୍ତୁ।
fault-FR-107 = ଫିଲ୍ମ ପଢ଼ିବା ପାଇଁ ଫଟୋରେ ପିକ୍ସେଲ ବହୁତ କମ୍।
    .next = ଫୋନର କ୍ୟାମେରାରେ ନୂଆ ଫଟୋ ନିଅନ୍ତୁ; ପ୍ରିଭ୍ୟୁ, ସ୍କ୍ରିନସଟ କିମ୍ବା ଚାଟର ଫଟୋ ବ୍ୟବହାର କରନ୍ତୁ ନାହିଁ।
fault-FR-108 = ଫାଇଲଟି ଆନିମେଟେଡ୍: ଏଥିରେ ଗୋଟିଏରୁ ଅଧିକ ଫଟୋ ଅଛି।
    .next = ଫିଲ୍ମର ଗୋଟିଏ ମାତ୍ର ଫଟୋ ନେଇ ପଠାନ୍ତୁ।
fault-FR-109 = ଫଟୋଟି ପ୍ରିଣ୍ଟ ରଙ୍ଗରେ (CMYK) ସେଭ୍ ହୋଇଛି।
    .next = ଫୋନର କ୍ୟାମେରାରେ ଫଟୋ ନିଅନ୍ତୁ, କିମ୍ବା ଫାଇଲକୁ RGB ବା ଧୂସର JPEG ଭାବେ ସେଭ୍ କରନ୍ତୁ।
fault-FR-110 = ଫଟୋରେ ପ୍ରତି ରଙ୍ଗ ପାଇଁ 16 ବିଟ୍ ଅଛି, ଯାହା ବକ୍ସ ପଢ଼େ ନାହିଁ।
    .next = ଫାଇଲକୁ ପ୍ରତି ରଙ୍ଗ ପାଇଁ 8 ବିଟ୍ ରେ ସେଭ୍ କରନ୍ତୁ, କିମ୍ବା ଫୋନର କ୍ୟାମେରାରେ ଫଟୋ ନିଅନ୍ତୁ।
fault-FR-111 = ଫାଇଲଟି ନିଜକୁ ଯେତେ ବଡ଼ ବୋଲି କହୁଛି, ସେତେ ବଡ଼ ହୋଇପାରିବ ନାହିଁ।
    .next = ଫୋନର କ୍ୟାମେରାରେ ନୂଆ ଫଟୋ ନେଇ ପଠାନ୍ତୁ।
fault-FR-112 = ବକ୍ସକୁ ଆସିବା ବାଟରେ ଫଟୋଟି ଖରାପ ହୋଇଗଲା।
    .next = ଫଟୋଟି ପୁଣି ପଠାନ୍ତୁ।
fault-FR-113 = ଫଟୋ ଫାଇଲଟି ଖରାପ ହୋଇଯାଇଛି ଏବଂ ଖୋଲିହେଉ ନାହିଁ।
    .next = ନୂଆ ଫଟୋ ନେଇ ପଠାନ୍ତୁ।
fault-FR-114 = ପୂରା ଫଟୋ ପହଞ୍ଚିବା ଆଗରୁ ସଂଯୋଗ କଟିଗଲା।
    .next = ବକ୍ସ ପାଖକୁ ଯାଇ ଫଟୋଟି ପୁଣି ପଠାନ୍ତୁ।
fault-FR-115 = କୌଣସି ଫଟୋ ପଠାଯାଇ ନାହିଁ।
    .next = ପ୍ରଥମେ ଗୋଟିଏ ଫଟୋ ବାଛନ୍ତୁ, ତାପରେ “ଫଟୋ ପଠାନ୍ତୁ” ଦବାନ୍ତୁ।
fault-FR-116 = ଏହି ଏକା ଫଟୋ ଆଗରୁ ଅନ୍ୟ ପରୀକ୍ଷାରେ ଅଛି।
    .next = ଆପଣ ଠିକ୍ ରୋଗୀଙ୍କ ପରୀକ୍ଷାରେ ଅଛନ୍ତି କି ଦେଖି ନିଅନ୍ତୁ, ତାପରେ ଏହି ରୋଗୀଙ୍କ ଫିଲ୍ମର ନୂଆ ଫଟୋ ନିଅନ୍ତୁ।
fault-FR-117 = ଏହି ଅପଲୋଡ୍ ଆଗରୁ ଅନ୍ୟ ଫଟୋ ପାଇଁ ବ୍ୟବହାର ହୋଇସାରିଛି।
    .next = ପରୀକ୍ଷାର ପୃଷ୍ଠା ପୁଣି ଖୋଲନ୍ତୁ ଓ ସେଠାରୁ ଫଟୋ ପଠାନ୍ତୁ।
fault-FR-118 = ବକ୍ସ ଯେତେ ଫଟୋ ନେଇପାରେ, ଏହି ପରୀକ୍ଷାରେ ଆଗରୁ ସେତେ ଫଟୋ ଅଛି।
    .next = ତାଲିକାରୁ କୌଣସି ଗୋଟିଏ ଫଟୋ ବ୍ୟବହାର କରନ୍ତୁ, କିମ୍ବା ରୋଗୀଙ୍କ ନୂଆ ଭିଜିଟ୍ ଭାବେ ଫିଲ୍ମର ପଞ୍ଜୀକରଣ ପୁଣି କରନ୍ତୁ।
fault-FR-119 = ବହୁତ ଅଧିକ ଫଟୋ ପଢ଼ାଯିବାକୁ ବାକି ଅଛି।
    .next = କିଛି ମିନିଟ୍ ଅପେକ୍ଷା କରନ୍ତୁ, ତାପରେ ଫଟୋଟି ପୁଣି ପଠାନ୍ତୁ।
fault-FR-201 = ଫର୍ମର କୌଣସି ସ୍ଥାନ ପୂରଣ ହୋଇନାହିଁ କିମ୍ବା ଭୁଲ ଅଛି।
    .next = ଚିହ୍ନିତ ସ୍ଥାନଗୁଡ଼ିକ ଠିକ୍ କରି ଫର୍ମ ପୁଣି ପଠାନ୍ତୁ।
fault-FR-202 = ବକ୍ସ ଫର୍ମଟି ପଢ଼ିପାରିଲା ନାହିଁ।
    .next = ପଛକୁ ଯାଆନ୍ତୁ, ପୃଷ୍ଠା ପୁଣି ଖୋଲନ୍ତୁ ଓ ଫର୍ମ ପୁଣି ପଠାନ୍ତୁ।
fault-FR-203 = ଏହି କୋଣଗୁଡ଼ିକ କୌଣସି ଫିଲ୍ମର ହୋଇପାରିବ ନାହିଁ।
    .next = ଫିଲ୍ମର ପ୍ରତି କୋଣରେ ଗୋଟିଏ ଚିହ୍ନ ରଖନ୍ତୁ, ଯେପରି କୌଣସି ରେଖା ଅନ୍ୟ ରେଖାକୁ ନ କାଟେ, ଏବଂ ପୁଣି ପଠାନ୍ତୁ।
fault-FR-301 = ନାମ, କିମ୍ବା PIN ବା ପାସୱାର୍ଡ ଭୁଲ ଅଛି।
    .next = ନିଜ ନାମ ଦେଖି ନିଅନ୍ତୁ ଓ ପୁଣି ଲେଖନ୍ତୁ। ଆଡମିନିଷ୍ଟ୍ରେଟର ଆପଣଙ୍କୁ ନୂଆ ଦେଇପାରିବେ।
fault-FR-302 = ବହୁତ ଥର ଭୁଲ ଲେଖାଯାଇଛି।
    .next = ଦେଖାଯାଇଥିବା ସମୟ ପର୍ଯ୍ୟନ୍ତ ଅପେକ୍ଷା କରନ୍ତୁ, ତାପରେ PIN କିମ୍ବା ପାସୱାର୍ଡ ପୁଣି ଲେଖନ୍ତୁ।
fault-FR-303 = ଆପଣ ଲଗ୍ ଇନ୍ କରି ନାହାନ୍ତି।
    .next = ଲଗ୍ ଇନ୍ କରନ୍ତୁ, ତାପରେ ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ।
fault-FR-304 = ପ୍ରଥମ ଲଗ୍ ଇନ୍ କୋଡ୍ ଭୁଲ ଅଛି।
    .next = ବକ୍ସ ଚାଲୁ ହେଲାବେଳେ ତାହାର କନସୋଲରେ ଦେଖାଇଥିବା କୋଡ୍ ଲେଖନ୍ତୁ।
fault-FR-305 = ଅନୁରୋଧଟି ପୁରୁଣା ପୃଷ୍ଠାରୁ କିମ୍ବା ଅନ୍ୟ ଠିକଣାରୁ ଆସିଛି।
    .next = କାମ ତାଲିକା ପୁଣି ଖୋଲନ୍ତୁ ଓ ଯାହା କରିଥିଲେ ତାହା ପୁଣି କରନ୍ତୁ।
fault-FR-306 = ଆପଣଙ୍କୁ ଏହା କରିବାର ଅନୁମତି ନାହିଁ।
    .next = ଏହି ବକ୍ସର ଆଡମିନିଷ୍ଟ୍ରେଟରଙ୍କୁ ପଚାରନ୍ତୁ।
fault-FR-307 = ବକ୍ସ ଆଗରୁ ପ୍ରସ୍ତୁତ ହୋଇସାରିଛି।
    .next = ନିଜ ନାମ ଓ ପିନ୍ ଦେଇ ଲଗ୍ ଇନ୍ କରନ୍ତୁ।
fault-FR-308 = ଏହି ନାମରେ ଆଉ ଜଣେ ବ୍ୟକ୍ତି ଅଛନ୍ତି।
    .next = ଆଉ ଗୋଟିଏ ନାମ କିମ୍ବା ନାମର ପ୍ରଥମ ଅକ୍ଷର ଯୋଡ଼ନ୍ତୁ।
fault-FR-309 = ଏଠାରେ କେହି ନିଜ ଆକାଉଣ୍ଟ ବଦଳାଇପାରିବେ ନାହିଁ।
    .next = ଅନ୍ୟ ଜଣେ ଆଡମିନିଷ୍ଟ୍ରେଟରଙ୍କୁ କୁହନ୍ତୁ।
fault-FR-310 = ଆପଣଙ୍କ PIN ଅନ୍ୟ ଜଣେ ତିଆରି କରିଥିଲେ ଏବଂ ତାହା କେବଳ ନୂଆଟିଏ ବାଛିବା ପାଇଁ।
    .next = ନିଜ PIN କିମ୍ବା ପାସୱାର୍ଡ ବାଛନ୍ତୁ, ତାପରେ ଆଗକୁ ବଢ଼ନ୍ତୁ।
fault-FR-311 = ଏହି ଫୋନ କିଛି ସମୟ ହେଲା ବ୍ୟବହାର ହୋଇନାହିଁ ଏବଂ ଲକ୍ ହୋଇଛି।
    .next = ପୃଷ୍ଠାଟି ପୁଣି ଲୋଡ୍ କରନ୍ତୁ ଓ ନିଜ PIN କିମ୍ବା ପାସୱାର୍ଡ ଲେଖନ୍ତୁ।
fault-FR-312 = ଏବେ ଆପଣଙ୍କର ଏହି PIN କିମ୍ବା ପାସୱାର୍ଡ ହିଁ ଅଛି।
    .next = ଅନ୍ୟ ଗୋଟିଏ ବାଛନ୍ତୁ।
fault-FR-401 = ଏହି ବକ୍ସରେ ଏପରି କୌଣସି ପରୀକ୍ଷା ନାହିଁ।
    .next = କାମ ତାଲିକାକୁ ଯାଇ ସେଠାରେ ପରୀକ୍ଷା ବାଛନ୍ତୁ।
fault-FR-402 = ଏହି ବକ୍ସରେ ଏପରି କୌଣସି ପୃଷ୍ଠା ନାହିଁ।
    .next = କାମ ତାଲିକାକୁ ଯାଆନ୍ତୁ।
fault-FR-403 = ଏହି ପରୀକ୍ଷା ବନ୍ଦ ଅଛି: ଦସ୍ତଖତ ହୋଇଛି କିମ୍ବା ବାତିଲ ହୋଇଛି।
    .next = ନୂଆ ଫିଲ୍ମ ପାଇଁ ନୂଆ ପରୀକ୍ଷାର ପଞ୍ଜୀକରଣ କରନ୍ତୁ।
fault-FR-404 = ଫଟୋଟି ଏହିକ୍ଷଣି ପଢ଼ାଯାଉଛି।
    .next = ପଢ଼ା ସରିବା ପର୍ଯ୍ୟନ୍ତ ଅପେକ୍ଷା କରନ୍ତୁ, ତାପରେ ଠିକ୍ କରନ୍ତୁ।
fault-FR-405 = ଏହି ବକ୍ସରେ ଏପରି କୌଣସି ବ୍ୟକ୍ତି ନାହାନ୍ତି।
    .next = ବ୍ୟବହାରକାରୀ ତାଲିକାକୁ ଫେରନ୍ତୁ।
fault-FR-406 = ଏହି ଫିଲ୍ମ ପାଇଁ ଏପରି କୌଣସି ଟେଷ୍ଟ ନାହିଁ।
    .next = ଫିଲ୍ମର “ଟେଷ୍ଟ ଓ ପରିଣାମ” ପୁଣି ଖୋଲନ୍ତୁ।
fault-FR-407 = ଏପରି କୌଣସି ଆଲର୍ଟ ନାହିଁ।
    .next = ଆଲର୍ଟ ତାଲିକାକୁ ଫେରନ୍ତୁ।
fault-FR-501 = ପ୍ରୋଗ୍ରାମ ଭିତରେ ଗୋଟିଏ ପର୍ଯ୍ୟାୟ ବିଫଳ ହେଲା। ଫଟୋ ସୁରକ୍ଷିତ ଅଛି।
    .next = “ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ” ଦବାନ୍ତୁ; ପୁଣି ବିଫଳ ହେଲେ ସହାୟତା ଟିମକୁ କୋଡ୍ ଜଣାନ୍ତୁ।
fault-FR-502 = ଏହି ବକ୍ସର ମଡେଲ ନାହିଁ କିମ୍ବା ନିଜ ଯାଞ୍ଚରେ ବିଫଳ ହେଲା। ଫଟୋ ସୁରକ୍ଷିତ ଅଛି।
    .next = ସହାୟତା ଟିମକୁ କୋଡ୍ ଜଣାନ୍ତୁ; ବକ୍ସ ମରାମତି ହେବା ପରେ “ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ” ଦବାନ୍ତୁ।
fault-FR-503 = ରଖାଯାଇଥିବା ଗୋଟିଏ ଫାଇଲ ନାହିଁ କିମ୍ବା ଖରାପ ହୋଇଯାଇଛି।
    .next = ଫିଲ୍ମର ନୂଆ ଫଟୋ ନିଅନ୍ତୁ, ଏବଂ ସହାୟତା ଟିମକୁ କୋଡ୍ ଜଣାନ୍ତୁ।
fault-FR-601 = ଏହି ଫିଲ୍ମର କୌଣସି ରିଡିଂ ନାହିଁ, ଯାହା ଉପରେ ରିପୋର୍ଟ ଲେଖିହେବ।
    .next = ଫିଲ୍ମ ପଢ଼ାଯିବା ପର୍ଯ୍ୟନ୍ତ ଅପେକ୍ଷା କରନ୍ତୁ, କିମ୍ବା ତାହାର ଆଉ ଗୋଟିଏ ଫଟୋ ନିଅନ୍ତୁ।
fault-FR-602 = ଆପଣ ଖୋଲିବା ପରେ ଅନ୍ୟ କେହି ଏହି ରିପୋର୍ଟ ସେଭ୍ କରିଛନ୍ତି।
    .next = ଆପଣଙ୍କ ଲେଖା ଏବେ ବି ଫର୍ମରେ ଅଛି। ଅନ୍ୟ ସଂସ୍କରଣ ସହ ମିଳାନ୍ତୁ, ତାପରେ ପୁଣି ସେଭ୍ କରନ୍ତୁ।
fault-FR-603 = ଆପଣ ପୃଷ୍ଠା ଖୋଲିବା ପରେ ଏହି ପରୀକ୍ଷାରେ କିଛି ବଦଳିଛି।
    .next = ପୃଷ୍ଠାଟି ପୁଣି ଦେଖନ୍ତୁ, ତାପରେ ଦସ୍ତଖତ କରନ୍ତୁ।
fault-FR-604 = ରିପୋର୍ଟ ସମ୍ପୂର୍ଣ୍ଣ ନୁହେଁ।
    .next = ବକ୍ସ ଦର୍ଶାଉଥିବା ପ୍ରତି ଫାଇଣ୍ଡିଂ ବିଷୟରେ ନିଷ୍ପତ୍ତି ନିଅନ୍ତୁ, ଏବଂ ନିଷ୍କର୍ଷ ଲେଖନ୍ତୁ।
fault-FR-605 = ଦସ୍ତଖତ ହୋଇଥିବା ରିପୋର୍ଟକୁ କେବଳ କାରଣ ଲେଖି ବଦଳାଇହେବ।
    .next = ରିପୋର୍ଟ କାହିଁକି ବଦଳାଯାଉଛି ଲେଖନ୍ତୁ।
fault-FR-606 = ଏବେ କୌଣସି ଫିଲ୍ମରେ ଅନ୍ୟଗୁଡ଼ିକ ସହ ଏକାଠି ଦସ୍ତଖତ କରିହେବ ନାହିଁ।
    .next = ରିପୋର୍ଟଗୁଡ଼ିକ ଗୋଟି ଗୋଟି କରି ପଢ଼ନ୍ତୁ।
fault-FR-607 = ରାଣ୍ଡମ୍ ଭାବେ ବଛାଯାଇଥିବା ଫିଲ୍ମରେ ଏପର୍ଯ୍ୟନ୍ତ ଦସ୍ତଖତ ହୋଇନାହିଁ।
    .next = ପ୍ରଥମେ ସେଗୁଡ଼ିକୁ ଗୋଟି ଗୋଟି କରି ପଢ଼ନ୍ତୁ ଓ ଦସ୍ତଖତ କରନ୍ତୁ।
fault-FR-608 = କୌଣସି ରିପୋର୍ଟରେ ଦସ୍ତଖତ ହେଲା ନାହିଁ: ଗୋଟିଏ ଟିକ୍ କିମ୍ବା ଫିଲ୍ମ ବାଦ ପଡ଼ିଛି।
    .next = ଫିଲ୍ମଗୁଡ଼ିକ ବାଛନ୍ତୁ, ତାପରେ ପ୍ରତ୍ୟେକଟି ଦେଖିଛନ୍ତି ବୋଲି ଟିକ୍ ଦିଅନ୍ତୁ।
fault-FR-609 = ବକ୍ସ ଏହିକ୍ଷଣି ଅନ୍ୟ ପୃଷ୍ଠା ଛାପୁଛି।
    .next = ଅଧ ମିନିଟ୍ ପରେ ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ।
fault-FR-610 = ଏହି ରିପୋର୍ଟର ଦସ୍ତଖତ ହୋଇଥିବା ସଂସ୍କରଣଗୁଡ଼ିକ ପରସ୍ପର ସହ ମେଳ ଖାଉ ନାହିଁ: ଦସ୍ତଖତ ପରେ କିଛି ବଦଳାଯାଇଛି।
    .next = ଏହି ରିପୋର୍ଟ ବ୍ୟବହାର କରନ୍ତୁ ନାହିଁ। ସହାୟତା ଟିମକୁ ଫୋନ କରି କୋଡ୍ କହନ୍ତୁ।
fault-FR-701 = ନିଜେ ଦେଇଥିବା ପ୍ରସ୍ତାବକୁ କେହି ନିଜେ ନିଶ୍ଚିତ କରିପାରିବେ ନାହିଁ।
    .next = ଅନ୍ୟ କାହାକୁ ଏହା ଦେଖିବାକୁ କୁହନ୍ତୁ।
fault-FR-702 = ଏହା ଭିତରେ କେହି ଜଣେ ଏହି ନିୟମ ବିଷୟରେ ନିଷ୍ପତ୍ତି ନେଇସାରିଛନ୍ତି।
    .next = ନିୟମଗୁଡ଼ିକ ଏବେ ଯେପରି ଅଛି ଦେଖନ୍ତୁ।
fault-FR-703 = ଏହି ବ୍ୟକ୍ତିଙ୍କ ପାଖରେ ପହଞ୍ଚିବାର କୌଣସି ଉପାୟ ନାହିଁ।
    .next = ପ୍ରଥମେ ନମ୍ବର ଲେଖନ୍ତୁ କିମ୍ବା ଚାଟ୍ ଯୋଡ଼ନ୍ତୁ।
fault-FR-704 = ଏହି ବକ୍ସର ନେଟୱାର୍କ ସେହି ଫାଇଣ୍ଡିଂର କେବଳ ସୂଚନା ଦିଏ, କିମ୍ବା ତାହା ଦେଖେ ନାହିଁ। ସେଥିରେ ଆଲର୍ଟ ହୋଇପାରିବ ନାହିଁ।
    .next = ଫର୍ମରେ ଥିବା କୌଣସି ଫାଇଣ୍ଡିଂ ବାଛନ୍ତୁ।
fault-FR-802 = ଏହି ସଂସ୍କରଣ ଆଉ ପ୍ରସ୍ତୁତ ନାହିଁ।
    .next = ଅପଡେଟ ପୃଷ୍ଠା ପୁଣି ଦେଖନ୍ତୁ; ଷ୍ଟିକରେ ଆସିଥିଲେ ଷ୍ଟିକ ପୁଣି ଲଗାନ୍ତୁ।
fault-FR-803 = ଅନ୍ୟ ଏକ ଅପଡେଟ ଚାଲିଛି।
    .next = ତାହା ସରିବା ପର୍ଯ୍ୟନ୍ତ ଅପେକ୍ଷା କରନ୍ତୁ।
fault-FR-804 = ପ୍ରୋଗ୍ରାମର ନୂଆ ସଂସ୍କରଣ ଏବେ ନିଜକୁ ପରୀକ୍ଷା କରୁଛି।
    .next = ଅଧ ମିନିଟ ଅପେକ୍ଷା କରନ୍ତୁ, ତାପରେ ପୃଷ୍ଠା ପୁଣି ଖୋଲନ୍ତୁ।
fault-FR-805 = କିଛି କରାଗଲା ନାହିଁ: ସହମତିର ଚିହ୍ନ ନାହିଁ।
    .next = ପୃଷ୍ଠା ପଢ଼ନ୍ତୁ, ସହମତିର ଚିହ୍ନ ଦିଅନ୍ତୁ ଓ ବଟନ ପୁଣି ଦବାନ୍ତୁ।
fault-FR-806 = ଏହି ବକ୍ସରେ ସହାୟତା ଟିମର ଚାବି ନାହିଁ।
    .next = ସହାୟତା ଟିମକୁ ସେମାନଙ୍କ ଚାବିର ସେଟିଂ ମାଗନ୍ତୁ।
fault-FR-901 = ବକ୍ସର ଡିସ୍କ ପ୍ରାୟ ପୂରା ହୋଇଗଲାଣି।
    .next = ସହାୟତା ଟିମକୁ କୋଡ୍ ଜଣାନ୍ତୁ; ଜାଗା ହେଲେ ପୁଣି ଫଟୋ ପଠାଇହେବ।
fault-FR-902 = ବକ୍ସ ତାହାର ଡିସ୍କରେ ଲେଖିପାରିଲା ନାହିଁ।
    .next = ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ; ପୁଣି ବିଫଳ ହେଲେ ବକ୍ସକୁ ଥରେ ବନ୍ଦ କରି ଚାଲୁ କରନ୍ତୁ ଓ ସହାୟତା ଟିମକୁ କୋଡ୍ ଜଣାନ୍ତୁ।
fault-FR-999 = ପ୍ରୋଗ୍ରାମ ଭିତରେ କିଛି ବିଫଳ ହେଲା।
    .next = ପୁଣି ଚେଷ୍ଟା କରନ୍ତୁ; ପୁଣି ବିଫଳ ହେଲେ ସହାୟତା ଟିମକୁ କୋଡ୍ ଜଣାନ୍ତୁ।

captive-title = ଆପଣଙ୍କ ବ୍ରାଉଜରରେ ବକ୍ସ ଖୋଲନ୍ତୁ
captive-1 = ଏହି ୱାଇ-ଫାଇରେ ରୁହନ୍ତୁ।
captive-2 = Chrome, Safari କିମ୍ବା ଅନ୍ୟ ବ୍ରାଉଜର ଖୋଲନ୍ତୁ। ଏହି ଛୋଟ ଝରକାରୁ ଫଟୋ ପଠାଯାଇପାରିବ ନାହିଁ।
captive-3 = ଏହି ଠିକଣା ଲେଖନ୍ତୁ:
captive-read = ମୁଁ ପଢ଼ିଲି
captive-done = ଠିକ୍ ଅଛି। ଏହି ଝରକା ବନ୍ଦ କରିପାରନ୍ତି।
captive-other = ଅନ୍ୟ ଫୋନ୍ ଏହା ଆଡ଼େ କ୍ୟାମେରା ଧରିପାରେ:
captive-qr = ବକ୍ସର ଠିକଣା QR କୋଡରେ
trust-title = ଲାଇଭ୍ କ୍ୟାମେରା
trust-intro = ଏହି ବକ୍ସର ସବୁକିଛି ଏହି ପୃଷ୍ଠା ବିନା ଚାଲେ। କେବଳ ଲାଇଭ୍ କ୍ୟାମେରା ପାଇଁ ଫୋନ୍ ଆଗେ ଏହି ବକ୍ସକୁ ବିଶ୍ୱାସ କରିବା ଦରକାର। କେବଳ କ୍ଲିନିକର ଫୋନରେ ଏହା କରନ୍ତୁ।
trust-download = ବକ୍ସର ପ୍ରମାଣପତ୍ର ନିଅନ୍ତୁ
trust-android-title = Android ଫୋନରେ
trust-android-1 = ଉପର ବଟନ୍ ଦବାନ୍ତୁ ଓ ଫାଇଲ୍ ରଖନ୍ତୁ।
trust-android-2 = ଫୋନର ସେଟିଂସ୍ ଖୋଲନ୍ତୁ, “CA certificate” ଖୋଜନ୍ତୁ ଓ ଫାଇଲ୍ ବାଛନ୍ତୁ।
trust-android-3 = ଫୋନ୍ ସତର୍କ କରିବ ଯେ ନେଟୱାର୍କ ଉପରେ ନଜର ରଖାଯାଇପାରେ। ଏଠାରେ ତାହା ସ୍ୱାଭାବିକ।
trust-apple-title = iPhone ରେ
trust-apple-1 = Safari ରେ ଉପର ବଟନ୍ ଦବାନ୍ତୁ ଓ ପ୍ରୋଫାଇଲକୁ ଅନୁମତି ଦିଅନ୍ତୁ।
trust-apple-2 = Settings ରେ “Profile Downloaded” ଖୋଲି ଇନଷ୍ଟଲ୍ କରନ୍ତୁ।
trust-apple-3 = Settings, General, About, Certificate Trust Settings ରେ ବକ୍ସକୁ ଚାଲୁ କରନ୍ତୁ।
trust-then = ତା’ପରେ ଏହି ଠିକଣାରେ ବକ୍ସ ଖୋଲନ୍ତୁ:
trust-limits = ପ୍ରମାଣପତ୍ର କେବଳ ଏହି ବକ୍ସ ଓ କ୍ଲିନିକର ନିଜ ନେଟୱାର୍କର ନାମ ପାଇଁ। ଏଥିରେ ଇଣ୍ଟରନେଟର କିଛି ଖୋଲିପାରିବ ନାହିଁ।
trust-fingerprint = ପ୍ରମାଣପତ୍ରର SHA-256, ବକ୍ସ ସହ ଆସିଥିବା କାଗଜ ସହ ମିଳାଇବା ପାଇଁ:
trust-other = ଅନ୍ୟ ଫୋନ୍ ଏହା ଆଡ଼େ କ୍ୟାମେରା ଧରିପାରେ:
trust-qr = ଏହି ପୃଷ୍ଠାର ଠିକଣା QR କୋଡରେ

# PACSକୁ ଯିବା ବାଟ। ନାମ ପରେ ଯାହା ଲେଖା ଅଛି ତାହା ଏହାରି ବିଷୟରେ।
pacs-none = PACS: ଲଗାଯାଇ ନାହିଁ। ଫିଲ୍ମ ଓ ରିପୋର୍ଟ ଏହି ବକ୍ସରେ ରହେ।
pacs-name = PACS:
pacs-answers = PACS: ଏହି ବକ୍ସକୁ ଉତ୍ତର ଦିଏ
pacs-all = { $count ->
        [one] { $count }ଟି ବସ୍ତୁ ଜମା ଅଛି, କିଛି ବାକି ନାହିଁ
       *[other] { $count }ଟି ବସ୍ତୁ ଜମା ଅଛି, କିଛି ବାକି ନାହିଁ
    }
pacs-counts = ଜମା { $stored }, ଅପେକ୍ଷାରେ { $waiting }
pacs-refused = { $count ->
        [one] { $count }ଟି ବସ୍ତୁ ନିଆଗଲା ନାହିଁ ({ $reasons })
       *[other] { $count }ଟି ବସ୍ତୁ ନିଆଗଲା ନାହିଁ ({ $reasons })
    }
    .next = ସେଗୁଡ଼ିକ ବକ୍ସରେ ରହେ ଏବଂ ପରବର୍ତ୍ତୀ ଥର ଚାଲୁ ହେଲେ ପୁଣି ପଠାଯାଏ। ଏଠାରେ ଯାହା ଲେଖା ଅଛି PACSର ପ୍ରଶାସକଙ୍କୁ କୁହନ୍ତୁ।
pacs-fault-unreachable = ଏବେ ଯୋଗାଯୋଗ ହେଉନାହିଁ
    .next = କିଛି ହଜି ନାହିଁ, ବକ୍ସ ନିଜେ ପୁଣି ଚେଷ୍ଟା କରେ। ଅନେକ ଦିନ ଏମିତି ରହିଲେ ନେଟୱାର୍କ ଦେଖନ୍ତୁ ଏବଂ ସେଟିଂସ ଫାଇଲର ଠିକଣା ମିଳାନ୍ତୁ।
pacs-fault-not-allowed = ଏହି ବକ୍ସକୁ ଗ୍ରହଣ କରେ ନାହିଁ
    .next = PACSର ପ୍ରଶାସକଙ୍କୁ ବକ୍ସର AE title କିମ୍ବା ବ୍ୟବହାରକାରୀ ନାମ ଦିଅନ୍ତୁ, ଏବଂ ଦୁଇଟିକୁ ସେଟିଂସ ଫାଇଲ ସହ ମିଳାନ୍ତୁ।
pacs-fault-busy = ଏବେ କିଛି ନେଉନାହିଁ
    .next = କିଛି ହଜି ନାହିଁ। ଗୋଟିଏ ଦିନ ଏମିତି ରହିଲେ PACSର ପ୍ରଶାସକଙ୍କୁ କୁହନ୍ତୁ।
pacs-fault-bad-answer = ତା’ର ଠିକଣାରେ ଅନ୍ୟ କିଛି ଉତ୍ତର ଦେଉଛି
    .next = ସେଟିଂସ ଫାଇଲର ଠିକଣା ଓ ପୋର୍ଟ PACS ସହ ମିଳାନ୍ତୁ। କିଛି ପଠାଯାଇଛି ବୋଲି ଧରାଯାଇ ନାହିଁ।
pacs-fault-set-up = ଲଗାଯାଇପାରିଲା ନାହିଁ
    .next = ଏଠାରେ ଯାହା ଲେଖା ଅଛି ସହାୟତା ଟିମକୁ କୁହନ୍ତୁ। ସେମାନେ ବକ୍ସର ଲଗ୍ ଦେଖିବେ।

# FHIR ସର୍ଭରକୁ ଯିବା ବାଟ। ନାମ ପରେ ଯାହା ଲେଖା ଅଛି ତାହା ଏହାରି ବିଷୟରେ।
fhir-none = FHIR: ଲଗାଯାଇ ନାହିଁ। FHIR ସର୍ଭରକୁ କିଛି ଯାଏ ନାହିଁ।
fhir-name = FHIR:
fhir-answers = FHIR: ଏହି ବକ୍ସକୁ ଉତ୍ତର ଦିଏ ଏବଂ ଏହା ଯାହା ପଠାଏ ତାହା ନେଇପାରେ
fhir-all = { $count ->
        [one] { $count }ଟି ବଣ୍ଡଲ ନିଆଗଲା, କିଛି ଅପେକ୍ଷାରେ ନାହିଁ
       *[other] { $count }ଟି ବଣ୍ଡଲ ନିଆଗଲା, କିଛି ଅପେକ୍ଷାରେ ନାହିଁ
    }
fhir-counts = ନିଆଗଲା { $taken }, ଅପେକ୍ଷାରେ { $waiting }
fhir-held-back = ପ୍ରତି ବାଇଟର ଦାମ ଲାଗେ ବୋଲି { $count }ଟି ଅପେକ୍ଷାରେ
fhir-refused = { $count ->
        [one] { $count }ଟି ବଣ୍ଡଲ ନିଆଗଲା ନାହିଁ ({ $reasons })
       *[other] { $count }ଟି ବଣ୍ଡଲ ନିଆଗଲା ନାହିଁ ({ $reasons })
    }
    .next = ସେଗୁଡ଼ିକ ବକ୍ସରେ ରହେ ଏବଂ ପରବର୍ତ୍ତୀ ଥର ଚାଲୁ ହେଲେ ପୁଣି ପଠାଯାଏ। ଏଠାରେ ଯାହା ଲେଖା ଅଛି FHIR ସର୍ଭରର ପ୍ରଶାସକଙ୍କୁ କୁହନ୍ତୁ।
fhir-fault-unreachable = ଏବେ ଯୋଗାଯୋଗ ହେଉନାହିଁ
    .next = କିଛି ହଜି ନାହିଁ, ବକ୍ସ ନିଜେ ପୁଣି ଚେଷ୍ଟା କରେ। ଅନେକ ଦିନ ଏମିତି ରହିଲେ ନେଟୱର୍କ ଦେଖନ୍ତୁ ଏବଂ ସେଟିଂସ ଫାଇଲର ଠିକଣା ମିଳାନ୍ତୁ।
fhir-fault-not-allowed = ଏହି ବକ୍ସକୁ ଗ୍ରହଣ କରେ ନାହିଁ
    .next = ସେଟିଂସ ଫାଇଲରେ ଥିବା ଏହି ବକ୍ସର ନାମ ଓ ଗୁପ୍ତ ଚାବି FHIR ସର୍ଭରର ପ୍ରଶାସକଙ୍କ ସହ ମିଳାନ୍ତୁ।
fhir-fault-busy = ଏବେ କିଛି ନେଉନାହିଁ
    .next = କିଛି ହଜି ନାହିଁ। ଗୋଟିଏ ଦିନ ଏମିତି ରହିଲେ FHIR ସର୍ଭରର ପ୍ରଶାସକଙ୍କୁ କୁହନ୍ତୁ।
fhir-fault-bad-answer = ତା’ର ଠିକଣାରେ ଅନ୍ୟ କିଛି ଉତ୍ତର ଦେଉଛି
    .next = ସେଟିଂସ ଫାଇଲର ଠିକଣା FHIR ସର୍ଭରର ପ୍ରଶାସକଙ୍କ ସହ ମିଳାନ୍ତୁ। କିଛି ପଠାଯାଇଛି ବୋଲି ଧରାଯାଇ ନାହିଁ।
fhir-fault-version = FHIRର ଅନ୍ୟ ସଂସ୍କରଣ ବୁଝେ
    .next = ଏହି ବକ୍ସ FHIR R4 ବୁଝେ। FHIR ସର୍ଭରର ପ୍ରଶାସକଙ୍କଠାରୁ ସେପରି ଠିକଣା ମାଗନ୍ତୁ। କିଛି ପଠାଯାଇଛି ବୋଲି ଧରାଯାଇ ନାହିଁ।
fhir-fault-no-transactions = ଏକାଠି ପଠାଯାଇଥିବା ଜିନିଷ ଏକାଥରକେ ନିଏ ନାହିଁ
    .next = ଯାହା ଏକାଠି ରହେ, ଏହି ବକ୍ସ ତାହା ଗୋଟିଏ ନେଣଦେଣରେ ପଠାଏ। FHIR ସର୍ଭରର ପ୍ରଶାସକଙ୍କୁ ଏହାର ଅନୁମତି ଦେବାକୁ କୁହନ୍ତୁ। କିଛି ପଠାଯାଇଛି ବୋଲି ଧରାଯାଇ ନାହିଁ।
fhir-fault-no-conditions = ତା’ ପାଖରେ ଆଗରୁ ଯାହା ଅଛି ତାହା ଚିହ୍ନିପାରେ ନାହିଁ
    .next = FHIR ସର୍ଭରର ପ୍ରଶାସକଙ୍କୁ ସର୍ତ୍ତ ସହ ତିଆରି ଓ ବଦଳ ଚାଲୁ କରିବାକୁ କୁହନ୍ତୁ। ସେପର୍ଯ୍ୟନ୍ତ କିଛି ପଠାଯାଏ ନାହିଁ: ତାହା ସେଠାରେ ଦୁଇଥର ହୋଇଯାଆନ୍ତା।
fhir-fault-set-up = ଲଗାଯାଇପାରିଲା ନାହିଁ
    .next = ଏଠାରେ ଯାହା ଲେଖା ଅଛି ସହାୟତାକୁ କୁହନ୍ତୁ। ସେମାନେ ବକ୍ସର ଲଗ ଦେଖିବେ।

# PACS କିମ୍ବା FHIR ସର୍ଭରର ପ୍ରମାଣପତ୍ରରେ କ’ଣ ଭୁଲ ଅଛି।
certificate-date = ବକ୍ସର ତାରିଖରେ ତା’ର ପ୍ରମାଣପତ୍ରର ମିଆଦ ନାହିଁ
    .next = ସାଧାରଣ କାରଣ ଭୁଲ ଘଣ୍ଟା: ପ୍ରଥମେ ବକ୍ସର ତାରିଖ ଦେଖନ୍ତୁ। ତାହା ଠିକ୍ ଥିଲେ ପ୍ରମାଣପତ୍ରର ମିଆଦ ସରିଛି: ତା’ର ପ୍ରଶାସକଙ୍କୁ କୁହନ୍ତୁ। ସେପର୍ଯ୍ୟନ୍ତ କିଛି ପଠାଯାଏ ନାହିଁ, ଏବଂ କିଛି ହଜି ନାହିଁ।
certificate-unknown = ତା’ର ପ୍ରମାଣପତ୍ର ଏପରି କାହାର, ଯାହାକୁ ଏହି ବକ୍ସ ଜାଣେ ନାହିଁ
    .next = ତା’ର ପ୍ରଶାସକଙ୍କଠାରୁ ପ୍ରମାଣପତ୍ର କର୍ତ୍ତୃପକ୍ଷଙ୍କ ଫାଇଲ ନିଅନ୍ତୁ ଏବଂ ସେଟିଂସ ଫାଇଲରେ ca_file ନାମରେ ଲେଖନ୍ତୁ। ସେପର୍ଯ୍ୟନ୍ତ କିଛି ପଠାଯାଏ ନାହିଁ, ଏବଂ କିଛି ହଜି ନାହିଁ।
certificate-name = ତା’ର ପ୍ରମାଣପତ୍ର ଅନ୍ୟ ନାମର
    .next = ସେଟିଂସ ଫାଇଲର ଠିକଣାରେ ଥିବା ନାମ ତା’ର ପ୍ରଶାସକଙ୍କ ସହ ମିଳାନ୍ତୁ: ହୁଏତ ଅନ୍ୟ କେହି ଉତ୍ତର ଦେଉଛି। ସେପର୍ଯ୍ୟନ୍ତ କିଛି ପଠାଯାଏ ନାହିଁ, ଏବଂ କିଛି ହଜି ନାହିଁ।
certificate-other = ତା’ର ପ୍ରମାଣପତ୍ର ଠିକ୍ ନୁହେଁ, କିମ୍ବା ତାହା TLS ବୁଝେ ନାହିଁ
    .next = ସେଟିଂସ ଫାଇଲର ଠିକଣା ଆରମ୍ଭରେ http କି https ଠିକ୍ ଅଛି ଦେଖନ୍ତୁ, ଏବଂ ତା’ର ପ୍ରଶାସକଙ୍କୁ କୁହନ୍ତୁ। ସେପର୍ଯ୍ୟନ୍ତ କିଛି ପଠାଯାଏ ନାହିଁ, ଏବଂ କିଛି ହଜି ନାହିଁ।

# ପୋର୍ଟାଲକୁ ଯିବା ବାଟ।
sync-none = ପୋର୍ଟାଲ: ଲଗାଯାଇ ନାହିଁ। ରେକର୍ଡ ଏହି ବକ୍ସରେ ରହେ।
sync-never = ପୋର୍ଟାଲ: ଏପର୍ଯ୍ୟନ୍ତ ଯୋଗାଯୋଗ ହୋଇନାହିଁ
sync-contact = ପୋର୍ଟାଲ: ଶେଷ ଯୋଗାଯୋଗ { $time }
sync-all = ସବୁକିଛିର ପ୍ରାପ୍ତି ରସିଦ ମିଳିଛି
sync-waiting = ରସିଦ ଅପେକ୍ଷାରେ: { $urgent } ଜରୁରୀ, { $results } ଫଳ, { $reports } ରିପୋର୍ଟ, { $images } ଫିଲ୍ମ
sync-held-back = ଫିଲ୍ମ ଅପେକ୍ଷା କରୁଛି, କାରଣ ପଠାଇବାକୁ ପଇସା ଲାଗେ କିମ୍ବା ଆଜିର ସୀମା ସରିଛି
sync-parked = { $count ->
        [one] { $count }ଟି ରେକର୍ଡ ନିଆଗଲା ନାହିଁ
       *[other] { $count }ଟି ରେକର୍ଡ ନିଆଗଲା ନାହିଁ
    }
    .next = ସେଗୁଡ଼ିକ ବକ୍ସରେ ରହେ ଏବଂ ପରବର୍ତ୍ତୀ ଥର ଚାଲୁ ହେଲେ ପୁଣି ପଠାଯାଏ। ସହାୟତା ଟିମକୁ କୁହନ୍ତୁ।
sync-fault-unreachable = ଏବେ ଯୋଗାଯୋଗ ହେଉନାହିଁ
    .next = କିଛି ହଜି ନାହିଁ, ବକ୍ସ ନିଜେ ପୁଣି ଚେଷ୍ଟା କରେ। ଅନେକ ଦିନ ଏମିତି ରହିଲେ ବକ୍ସର ନେଟୱାର୍କ ଦେଖନ୍ତୁ।
sync-fault-wrong-portal = ଏହି ଠିକଣାରେ ଅନ୍ୟ ଏକ ପୋର୍ଟାଲ ଉତ୍ତର ଦେଉଛି
    .next = କିଛି ପଠାଯାଇ ନାହିଁ। ସେଟିଂସ୍ ଫାଇଲର ଠିକଣା ଓ ଚାବିକୁ ପୋର୍ଟାଲ ସହ ମିଳାନ୍ତୁ।
sync-fault-not-enrolled = ଏହି ବକ୍ସକୁ ଜାଣେ ନାହିଁ
    .next = ପୋର୍ଟାଲର ପ୍ରଶାସକଙ୍କଠାରୁ ନୂଆ କୋଡ୍ ନିଅନ୍ତୁ ଏବଂ ସେଟିଂସ୍ ଫାଇଲରେ ଲେଖନ୍ତୁ।
sync-fault-revoked = ଏହି ବକ୍ସକୁ ବନ୍ଦ କରିଦେଇଛି
    .next = ପୋର୍ଟାଲର ପ୍ରଶାସକଙ୍କୁ ଫୋନ୍ କରନ୍ତୁ। ପୁଣି ମିଳିଥିବା ବକ୍ସକୁ ନୂଆ କୋଡ୍ ମିଳେ।
sync-fault-busy = ଏବେ କିଛି ନେଉନାହିଁ
    .next = କିଛି ହଜି ନାହିଁ। ଗୋଟିଏ ଦିନ ଏମିତି ରହିଲେ ପୋର୍ଟାଲର ପ୍ରଶାସକଙ୍କୁ କୁହନ୍ତୁ।
sync-fault-bad-answer = ତା’ର ଉତ୍ତରକୁ ବିଶ୍ୱାସ କରାଯାଇପାରିବ ନାହିଁ
    .next = କିଛି ପଠାଯାଇଛି ବୋଲି ଧରାଯାଏ ନାହିଁ। ସହାୟତା ଟିମ ଓ ପୋର୍ଟାଲର ପ୍ରଶାସକଙ୍କୁ କୁହନ୍ତୁ।
sync-fault-set-up = ଲଗାଯାଇପାରିଲା ନାହିଁ
    .next = ଏଠାରେ ଯାହା ଲେଖା ଅଛି ସହାୟତା ଟିମକୁ କୁହନ୍ତୁ। ସେମାନେ ବକ୍ସର ଲଗ୍ ଦେଖିବେ।
announce-ready = { $minutes } ମିନିଟ୍ ଯୋଗାଯୋଗ ନହେଲେ ଜରୁରୀ ଫଳ ଏସଏମଏସରେ ପୋର୍ଟାଲକୁ ଜଣାଯାଏ
announce-sent = { $count ->
        [one] { $count }ଟି ଜରୁରୀ ଫଳ ଏସଏମଏସରେ ପୋର୍ଟାଲକୁ ଜଣାଯାଇଛି ({ $time }); ପୂରା ରେକର୍ଡ ଏବେ ବି ଅପେକ୍ଷାରେ ଅଛି
       *[other] { $count }ଟି ଜରୁରୀ ଫଳ ଏସଏମଏସରେ ପୋର୍ଟାଲକୁ ଜଣାଯାଇଛି ({ $time }); ପୂରା ରେକର୍ଡଗୁଡ଼ିକ ଏବେ ବି ଅପେକ୍ଷାରେ ଅଛି
    }
announce-heard = ପୋର୍ଟାଲ ତାହା ପଢ଼ିଛି ({ $time })
announce-not-ready = ପୋର୍ଟାଲ ଏହାକୁ ଏବେ ପଢ଼ିପାରିବ ନାହିଁ
    .next = ଏସଏମଏସ ପଠାଇବା ପୂର୍ବରୁ ପୋର୍ଟାଲ ସହ ଥରେ ଯୋଗାଯୋଗ ଦରକାର। ଯୋଗାଯୋଗ ହୋଇସାରିଥିଲେ ପୋର୍ଟାଲର ପ୍ରୋଗ୍ରାମ ପୁରୁଣା।
announce-spent = ଆଜିର ଏସଏମଏସ ସରିଗଲା
    .next = ବାକି ଜରୁରୀ ଫଳ ପରେ ଜଣାଯିବ। ରେକର୍ଡ ପୋର୍ଟାଲକୁ ନେଇଯାଆନ୍ତୁ, କିମ୍ବା ଫୋନ କରନ୍ତୁ।

# ପୋର୍ଟାଲର ନିଜ ପୃଷ୍ଠା।
portal-fleet-title = ବକ୍ସଗୁଡ଼ିକ
portal-fleet-intro = ଏହି ପୋର୍ଟାଲର ପ୍ରତ୍ୟେକ ବକ୍ସ, ଏବଂ ଶେଷ ଥର କେବେ ଯୋଗାଯୋଗ କରିଥିଲା। ଏଠାରେ ରୋଗୀଙ୍କ ବିଷୟରେ କିଛି ଦେଖାଯାଏ ନାହିଁ।
portal-fleet-none = ଏପର୍ଯ୍ୟନ୍ତ କୌଣସି ବକ୍ସ ପଞ୍ଜିକୃତ ହୋଇନାହିଁ। “{ $command }” କମାଣ୍ଡ ପ୍ରଥମ ବକ୍ସ ପାଇଁ କୋଡ୍ ଛାପେ।
portal-fleet-well = { $count }ଟିରୁ { $well }ଟି ଠିକ୍ ଅଛି
portal-key-asked = ଏହି ପୃଷ୍ଠା ପାଇଁ ଚାବି ଦରକାର। “{ $command }” କମାଣ୍ଡ ଚାବି ତିଆରି କରେ।
portal-box-never = କେବେ ଯୋଗାଯୋଗ ହୋଇନାହିଁ
portal-box-contact = ଶେଷ ଯୋଗାଯୋଗ { $time }
portal-box-held = { $count ->
        [one] { $count }ଟି ରେକର୍ଡ ରଖାଯାଇଛି
       *[other] { $count }ଟି ରେକର୍ଡ ରଖାଯାଇଛି
    }
portal-box-disk = ତା’ର ଡିସ୍କରେ { $count } ଏମବି ଖାଲି ଅଛି
portal-ring = ବଳୟ { $ring }
portal-ring-choose = ଏହି ବକ୍ସର ବଳୟ
portal-ring-set = ସେଠାରେ ରଖନ୍ତୁ
portal-support-how = ସହାୟତା ଟିମ ପାଇଁ ଫାଇଲ। ସେଗୁଡ଼ିକ ବନ୍ଦ: ଯାହା ପାଖରେ ସହାୟତା ଟିମର ଚାବି ଅଛି କେବଳ ସେ ଖୋଲିପାରିବେ।
portal-support-line = { $time } ର, { $size } KiB, ଏଠାରେ { $until } ପର୍ଯ୍ୟନ୍ତ
portal-rollout-title = ଧାପେ ଧାପେ ବିତରଣ
portal-rollout-intro = ସଂସ୍କରଣ ଓ ସେଟିଂ ଯାହା ବଳୟ ପରେ ବଳୟ ବକ୍ସକୁ ଯାଏ, ପ୍ରଥମେ 0 ଓ ଶେଷରେ 3। ପୂର୍ବ ବଳୟ ଠିକ୍ ଥିଲେ ପରବର୍ତ୍ତୀ ବଳୟ ପାଏ।
portal-rollout-none = କିଛି ବିତରଣ ହେଉନାହିଁ। “{ $command }” କମାଣ୍ଡରୁ ଆରମ୍ଭ ହୁଏ।
portal-rollout-bundle = ବିତରଣ { $number }: ସଂସ୍କରଣ { $version }
portal-rollout-settings = ବିତରଣ { $number }: ସେଟିଂ
portal-rollout-target = { $target } ପାଇଁ, { $count } ଏମବି
portal-rollout-packs = ଏଥିରେ ମଡେଲ: { $packs }
portal-rollout-rules = ପ୍ରତ୍ୟେକ ବକ୍ସ ଏହା ସହ { $hours } h ଚାଲୁ ରହିବ; ବଳୟର { $percent } %; ଯେଉଁ ବକ୍ସ { $days } ଦିନ ଚୁପ୍ ଥିଲା ତାହା ଗଣାଯାଏ ନାହିଁ
portal-rollout-running = ଚାଲୁଛି: ବଳୟ { $ring }
portal-rollout-held = ବଳୟ { $ring }ରେ ଅଟକାଯାଇଛି
portal-rollout-stopped = ବଳୟ { $ring }ରେ ଅଟକିଗଲା: ଗୋଟିଏ ବକ୍ସ ଠିକ୍ ନାହିଁ
portal-rollout-finished = ସବୁ ବଳୟରେ ଅଛି ଓ ଠିକ୍ ଅଛି
portal-rollout-withdrawn = ଫେରାଇ ନିଆଯାଇଛି
portal-rollout-nobody = ଏହି ବଳୟର କୌଣସି ବକ୍ସ ଗଣାଯାଏ ନାହିଁ, ଏବଂ ଏହା କ୍ଷତି କରେ ନାହିଁ ବୋଲି କେହି ଏପର୍ଯ୍ୟନ୍ତ ଦେଖାଇନାହିଁ। ଗୋଟିଏ ବକ୍ସ ବଳୟ 0ରେ ରଖନ୍ତୁ, କିମ୍ବା ପରବର୍ତ୍ତୀ ବଳୟକୁ ଯାଆନ୍ତୁ।
portal-rollout-well = ବଳୟର { $count }ଟି ବକ୍ସରୁ { $well }ଟି ଠିକ୍ ଅଛି
portal-rollout-events = କଣ ହେଲା
portal-rollout-late = ଇତିମଧ୍ୟରେ ଅବସ୍ଥା ବଦଳିଛି। ପୁଣି ଦେଖନ୍ତୁ।
portal-rollout-name-missing = ଆପଣଙ୍କ ନାମ ଲେଖନ୍ତୁ: ଏହା ଆପଣଙ୍କ କଥା ପାଖରେ ରହେ।
portal-fate-unasked = ଏପର୍ଯ୍ୟନ୍ତ କୁହାଯାଇନାହିଁ
portal-fate-asked = କୁହାଯାଇଛି, କିଛି ଶୁଣାଯାଇନାହିଁ
portal-fate-waiting = ଆଦେଶ ପାଇଛି
portal-fate-fetching = { $percent } % ପହଞ୍ଚିଛି
portal-fate-no_room = ବକ୍ସରେ ଜାଗା ବହୁତ କମ
portal-fate-ready = ବକ୍ସରେ ପ୍ରସ୍ତୁତ ଅଛି: ସେଠାରେ କେହି ସହମତ ହେବା ଦରକାର
portal-fate-installing = ଲଗାଯାଉଛି
portal-fate-taken = ହୋଇଗଲା; { $hours } h ହେଲା ଏହା ସହ ଚାଲୁ
portal-fate-well = ଠିକ୍
portal-fate-passed = ଏହି ବକ୍ସ ପାଇଁ ନୁହେଁ
portal-fate-silent = ହୋଇଗଲା, କିନ୍ତୁ ତାପରେ ଚୁପ୍
portal-fate-excused = ଦେଖାଯାଇଛି
portal-word-go_on = ଆଗକୁ ବଢ଼ନ୍ତୁ: ଯାହା ଭୁଲ ତାହା ଦେଖାଯାଇଛି
portal-word-hold = ଅଟକାନ୍ତୁ
portal-word-next_ring = ଏହି ବଳୟ ପାଇଁ ଅପେକ୍ଷା କରନ୍ତୁ ନାହିଁ
portal-word-withdraw = ଫେରାଇ ନିଅନ୍ତୁ
portal-event-begun = ବଳୟ { $ring }ରୁ ଆରମ୍ଭ
portal-event-ring = ବଳୟ { $ring }ରେ ପହଞ୍ଚିଲା
portal-event-running = ଆଗକୁ ବଢ଼ିଲା
portal-event-held = ଅଟକାଯାଇଛି
portal-event-stopped = ଅଟକିଗଲା
portal-event-finished = ସରିଗଲା
portal-event-withdrawn = ଫେରାଇ ନିଆଯାଇଛି
portal-event-itself = ନିଜେ
portal-state-well = ଠିକ୍ ଅଛି
portal-state-silent = ଗୋଟିଏ ଦିନରୁ ଅଧିକ ହେଲା ଚୁପ୍
    .next = ବକ୍ସ ଚାଲୁ ଅଛି କି ନାହିଁ ଏବଂ ନେଟୱାର୍କ ଅଛି କି ନାହିଁ କ୍ଲିନିକକୁ ପଚାରନ୍ତୁ।
portal-state-parked = ତା’ର କିଛି ରେକର୍ଡ ନିଆଗଲା ନାହିଁ
    .next = ବକ୍ସ ଓ ପୋର୍ଟାଲ ଉଭୟକୁ ସବୁଠାରୁ ନୂଆ ସଂସ୍କରଣକୁ ଆଣନ୍ତୁ। ରେକର୍ଡ ବକ୍ସରେ ରହେ।
portal-state-conflict = ସଂଘାତ: ଗୋଟିଏ ନମ୍ବର, ଦୁଇଟି ଅଲଗା ରେକର୍ଡ
    .next = ସମ୍ଭବତଃ ବକ୍ସକୁ ପୁରୁଣା ନକଲରୁ ଫେରାଯାଇଛି। ଦୁଇଟି ରେକର୍ଡ ରଖାଯାଇଛି। ସହାୟତା ଟିମକୁ କୁହନ୍ତୁ।
portal-state-revoked = ବନ୍ଦ କରାଯାଇଛି
    .next = ନୂଆ କୋଡ୍ ଦେଲେ ପୁଣି ଯୋଗ ଦେଇପାରିବ।

settings-title = କ୍ଲିନିକର ସେଟିଂସ୍
settings-first = ବକ୍ସକୁ ଜଣାନ୍ତୁ ସେ କେଉଁଠି ଅଛି। ପରେ ସବୁ ବଦଳାଇହେବ।
settings-name = କ୍ଲିନିକର ନାମ
settings-name-help = ରିପୋର୍ଟ, ଚିଠି ଓ ସତର୍କ ସୂଚନାରେ ଲେଖା ହୁଏ।
settings-language = କେହି ନ ବାଛିଲେ ଯେଉଁ ଭାଷା
settings-language-any = ପ୍ରତ୍ୟେକ ଫୋନ୍ ଯେମିତି ମାଗେ
settings-offset = ସ୍ଥାନୀୟ ସମୟ ଓ ବିଶ୍ୱ ସମୟର (UTC) ତଫାତ
settings-offset-help = ଘଣ୍ଟା ଓ ମିନିଟ୍। ଭାରତ: +5:30। ବାଂଲାଦେଶ: +6:00। ନେପାଳ: +5:45।
settings-contact = ସାହାଯ୍ୟ ପାଇଁ କାହାକୁ ଫୋନ୍ କରିବେ
settings-contact-help = ନାମ ଓ ନମ୍ବର, ସାହାଯ୍ୟ ପୃଷ୍ଠାରେ ଦେଖାଯାଏ।
settings-submit = ରଖନ୍ତୁ
field-site_name = ଗୋଟିଏ ଧାଡ଼ିରେ ସର୍ବାଧିକ 120 ଅକ୍ଷର।
field-utc_offset = -12:00 ରୁ +14:00 ମଧ୍ୟରେ ଘଣ୍ଟା ଓ ମିନିଟ୍, ଯେମିତି +5:30।
field-support_contact = ଗୋଟିଏ ଧାଡ଼ିରେ ସର୍ବାଧିକ 120 ଅକ୍ଷର।
first-title = ପ୍ରଥମ କାମ
first-intro = ପ୍ରଥମ ରୋଗୀ ପୂର୍ବରୁ ଏହି ବକ୍ସକୁ କ’ଣ ଦରକାର। ଯେକୌଣସି ସମୟରେ ଏଠାକୁ ଫେରିପାରିବେ।
first-done = ହୋଇଗଲା
first-open = ବାକି ଅଛି
first-do = ଏବେ କରନ୍ତୁ
first-look = ପୁଣି ଦେଖନ୍ତୁ
first-later = କାମ ତାଲିକାକୁ ଯାଆନ୍ତୁ
first-site = କ୍ଲିନିକର ନାମ, ଭାଷା ଓ ସମୟ
    .how = ଯାହାଦ୍ୱାରା ରିପୋର୍ଟ, ଚିଠି ଓ ସତର୍କ ସୂଚନା କେଉଁଠାରୁ ଆସିଛି ଜଣାପଡ଼େ।
first-clock = ଘଣ୍ଟାର ସମୟ ନିଶ୍ଚିତ
    .how = ବକ୍ସ ପାରିଲେ ନେଟୱାର୍କରୁ ସମୟ ନିଏ; ନହେଲେ ଏଠାରେ ମିଳାନ୍ତୁ। ସେ ପର୍ଯ୍ୟନ୍ତ ସମୟ ପାଖରେ ଚିହ୍ନ ରହେ।
first-people = ଜଣେ ଟେକ୍ନିସିଆନ୍ ଓ ଜଣେ ଡାକ୍ତର
    .how = ଅତି କମରେ ଜଣେ ଜଣେ ଯୋଡ଼ନ୍ତୁ। ପ୍ରତ୍ୟେକ ନିଜର PIN ବାଛନ୍ତି।
first-recipients = ଯିଏ ସତର୍କ ସୂଚନା ପାଇବେ
    .how = ପ୍ରତ୍ୟେକ ଏହି ପୃଷ୍ଠାରେ ନିଜର ଫୋନ୍ ନମ୍ବର କିମ୍ବା ଟେଲିଗ୍ରାମ ଲେଖନ୍ତି ଓ ପରଖନ୍ତି।
first-acceptance = ଗ୍ରହଣ ପରୀକ୍ଷା
    .how = ବକ୍ସ ଅଙ୍କା ଫିଲ୍ମ ପଢ଼େ ଓ ନିଜର ଷ୍ଟୋରେଜ୍ ଦେଖେ। କିଛି ମିନିଟ୍ ଲାଗେ।
acceptance-title = ଗ୍ରହଣ ପରୀକ୍ଷା
acceptance-intro = ବକ୍ସ ଅଙ୍କା ଫିଲ୍ମକୁ ପଠାଇବାଠାରୁ ରିପୋର୍ଟର ଖସଡ଼ା ପର୍ଯ୍ୟନ୍ତ ପଢ଼େ, ଓ ଯାହା ଉପରେ ସେ ଠିଆ ହୋଇଛି ସବୁ ଦେଖେ। ଏହି ଫିଲ୍ମରେ କେହି ରୋଗୀ ନାହାନ୍ତି, କିଛି ରଖାଯାଏ ନାହିଁ।
acceptance-running = ପରୀକ୍ଷା ଚାଲିଛି। ଏହି ପୃଷ୍ଠା ନିଜେ ପୁଣି ଦେଖେ।
acceptance-start = ପରୀକ୍ଷା ଆରମ୍ଭ କରନ୍ତୁ
acceptance-last = ଶେଷ ପରୀକ୍ଷା
acceptance-passed = ବକ୍ସ ଉତ୍ତୀର୍ଣ୍ଣ
acceptance-failed = ବକ୍ସ ଉତ୍ତୀର୍ଣ୍ଣ ନୁହେଁ: ଏବେ ରୋଗୀଙ୍କ ପାଇଁ ବ୍ୟବହାର କରନ୍ତୁ ନାହିଁ
acceptance-sheet = ଦସ୍ତଖତ ଥିବା କାଗଜ ରଖନ୍ତୁ
acceptance-good = ଠିକ୍
acceptance-missing = ନାହିଁ
acceptance-bad = ଠିକ୍ ନୁହେଁ
acceptance-networks = ନେଟୱାର୍କ
    .next = ଏଠାରେ ଯାହା ଲେଖାଅଛି ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ। ନେଟୱାର୍କ ବିନା କୌଣସି ଫିଲ୍ମ ପଢ଼ାଯାଏ ନାହିଁ।
acceptance-reading = ଭଲ ଫିଲ୍ମ ପଢ଼ାଯାଏ
    .next = ଏଠାରେ ଯାହା ଲେଖାଅଛି ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ। ବକ୍ସ ବ୍ୟବହାର କରନ୍ତୁ ନାହିଁ।
acceptance-repeatable = ସେହି ଫିଲ୍ମ ସେହି ସ୍କୋର ଦିଏ
    .next = ଏଠାରେ ଯାହା ଲେଖାଅଛି ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ। ବକ୍ସ ବ୍ୟବହାର କରନ୍ତୁ ନାହିଁ।
acceptance-blurred = ଅସ୍ପଷ୍ଟ ଫିଲ୍ମ ଫେରାଇ ଦିଆଯାଏ
    .next = ଏଠାରେ ଯାହା ଲେଖାଅଛି ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ। ବକ୍ସ ବ୍ୟବହାର କରନ୍ତୁ ନାହିଁ।
acceptance-no-film = ଫିଲ୍ମ ନଥିବା ଫଟୋ ଫେରାଇ ଦିଆଯାଏ
    .next = ଏଠାରେ ଯାହା ଲେଖାଅଛି ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ। ବକ୍ସ ବ୍ୟବହାର କରନ୍ତୁ ନାହିଁ।
acceptance-records = ରେକର୍ଡ ଓ ଫାଇଲ୍ ମେଳ ଖାଏ
    .next = ଏଠାରେ ଯାହା ଲେଖାଅଛି ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ। ଷ୍ଟୋରେଜ୍ ଖରାପ ହେଉଥାଇପାରେ।
acceptance-storage = ଷ୍ଟୋରେଜ୍ ଦିଆଯାଇଥିବା ଜିନିଷ ରଖେ
    .next = କ’ଣ କରିବାକୁ ହେବ “ବକ୍ସର ସ୍ଥିତି” ପୃଷ୍ଠାରେ ଦେଖନ୍ତୁ।
acceptance-room = ଫିଲ୍ମ ପାଇଁ ଜାଗା
    .next = ବଡ଼ ଡିସ୍କ ଲଗାନ୍ତୁ, କିମ୍ବା ପୁରୁଣା ଫିଲ୍ମ ଅନ୍ୟତ୍ର ନେବାକୁ ସହାୟତା ଟିମକୁ କୁହନ୍ତୁ।
acceptance-flush = ଲେଖିବାର ନିଶ୍ଚିତତା ସତ ଓ ଶୀଘ୍ର
    .next = ସହାୟତା ଟିମରୁ ଭିତରେ ଲାଗିଥିବା ଷ୍ଟୋରେଜ୍ କିମ୍ବା NVMe ଡିସ୍କ ମାଗନ୍ତୁ।
acceptance-heat = କାମ ପରର ତାପ
    .next = ବକ୍ସକୁ ଛାଇରେ ରଖନ୍ତୁ, ପବନ ଯିବା ବାଟ ଖୋଲା ରଖନ୍ତୁ, ଧୂଳି ସଫା କରନ୍ତୁ।
acceptance-clock = ଘଣ୍ଟା
    .next = ବକ୍ସ ବ୍ୟବହାର କରିହେବ; ଘଣ୍ଟା ନିଶ୍ଚିତ ନ ହେବା ପର୍ଯ୍ୟନ୍ତ ସମୟ ପାଖରେ ଚିହ୍ନ ରହେ।
acceptance-radio = ବକ୍ସର ୱାଇ-ଫାଇ
    .next = କ୍ଲିନିକର ନେଟୱାର୍କରେ ବକ୍ସ ବ୍ୟବହାର କରିହେବ। ନିଜ ୱାଇ-ଫାଇ ପାଇଁ ସହାୟତା ଟିମକୁ ଜଣାନ୍ତୁ।
acceptance-alerts = ସତର୍କ ସୂଚନା
    .next = ସତର୍କ ସୂଚନାର ଗୋଟିଏ ବାଟ ଲଗାନ୍ତୁ, ଓ ଅତି କମରେ ଜଣଙ୍କ ଫୋନ୍ ନମ୍ବର କିମ୍ବା ଟେଲିଗ୍ରାମ ଲେଖନ୍ତୁ।
fault-FR-801 = ଗୋଟିଏ ପରୀକ୍ଷା ଆଗରୁ ଚାଲିଛି
    .next = ସରିବା ପର୍ଯ୍ୟନ୍ତ ଅପେକ୍ଷା କରନ୍ତୁ; ପୃଷ୍ଠାରେ ଦେଖାଯିବ।
clock-title = ବକ୍ସର ଘଣ୍ଟା
clock-now = ବକ୍ସର ଘଣ୍ଟା କହୁଛି
clock-help = ଠିକ୍ ଥିବା ଘଣ୍ଟା କିମ୍ବା ଫୋନର ଏଠାକାର ଦିନ ଓ ସମୟ ଲେଖନ୍ତୁ।
clock-day = ଦିନ
clock-time = ସମୟ
clock-submit = ଘଣ୍ଟା ମିଳାନ୍ତୁ
clock-elsewhere = ଏହି ମେସିନରେ ଘଣ୍ଟା ଏହି ପୃଷ୍ଠା ବାହାରେ ମିଳାଯାଏ।
clock-set = କ୍ଷଣକରେ ଘଣ୍ଟା ଠିକ୍ ହେବ। ପୁଣି ଦେଖନ୍ତୁ।

## Patients: found again, asked about, slips, camps

clinic-number = କ୍ଲିନିକ ନମ୍ବର { $id }
patients-title = ରୋଗୀ ଖୋଜନ୍ତୁ
patients-ask = ନାମ, ଆଇଡି କିମ୍ବା ନମ୍ବର
patients-ask-help = ସ୍ଲିପର ଆଇଡି, କ୍ଲିନିକ ନମ୍ବର, ପରୀକ୍ଷା ନମ୍ବର, କୌଣସି କାର୍ଯ୍ୟକ୍ରମର ନମ୍ବର, କିମ୍ବା ଯେକୌଣସି ଲିପିରେ ନାମ।
patients-find = ଖୋଜନ୍ତୁ
patients-newest = ସବୁଠାରୁ ନୂଆ ରୋଗୀ
patients-none = କେହି ମିଳିଲେ ନାହିଁ।
patients-none-next = ନାମ ଅନ୍ୟ ବନାନରେ କିମ୍ବା ସ୍ଲିପର ନମ୍ବର ଲେଖନ୍ତୁ, କିମ୍ବା ନୂଆ ରୋଗୀ ପଞ୍ଜୀକରଣ କରନ୍ତୁ।
patients-list = ମିଳିଥିବା ରୋଗୀ, ସବୁଠାରୁ ମେଳ ଖାଉଥିବା ଆଗରେ
patients-more = ଆହୁରି ଅଛନ୍ତି। ନାମର ଅଧିକ ଅଂଶ କିମ୍ବା ଏକ ନମ୍ବର ଲେଖନ୍ତୁ।
patients-mistyped = ଏହା ସ୍ଲିପର ଆଇଡି ପରି, କିନ୍ତୁ ଭୁଲ ଲେଖାଯାଇଛି: ଶେଷ ଅକ୍ଷର ମେଳ ଖାଉନାହିଁ।
patients-mistyped-next = ସ୍ଲିପ ସହ ଗୋଟି ଗୋଟି କରି ଅକ୍ଷର ମିଳାନ୍ତୁ।
patient-newest = { $count ->
        [one] 1ଟି ଫିଲ୍ମ: ପରୀକ୍ଷା { $number }, { $time }
       *[other] { $count }ଟି ଫିଲ୍ମ, ସବୁଠାରୁ ନୂଆ: ପରୀକ୍ଷା { $number }, { $time }
    }
patient-new-film = ଏହି ରୋଗୀଙ୍କ ନୂଆ ଫିଲ୍ମ
patient-studies = ଏହି ରୋଗୀଙ୍କ ଫିଲ୍ମ
patient-all = ସବୁ ଫିଲ୍ମ
found-by-box-id = ଆଇଡି
found-by-study = ପରୀକ୍ଷା { $number }
found-by-local-id = କ୍ଲିନିକ ନମ୍ବର
found-by-programme = କାର୍ଯ୍ୟକ୍ରମର ନମ୍ବର
found-by-name = ନାମ
scan-title = ସ୍ଲିପର କୋଡର ଫଟୋ ନିଅନ୍ତୁ
scan-none = ଫଟୋରେ କୌଣସି କୋଡ ମିଳିଲା ନାହିଁ। ପାଖରୁ, ଭଲ ଆଲୋକରେ ସ୍ଲିପର ଫଟୋ ନିଅନ୍ତୁ, କିମ୍ବା ଆଇଡି ଲେଖନ୍ତୁ।
register-known-title = ନୂଆ ଫିଲ୍ମ
register-known-help = ଲିଙ୍ଗ ଓ ବୟସ ପଚାରି ଲେଖନ୍ତୁ: ସେଥିରୁ ଜଣାପଡ଼େ ଏ ଠିକ୍ ରୋଗୀ କି ନୁହେଁ। ଛାଡ଼ି ମଧ୍ୟ ପାରିବେ।
register-was-here = ପୂର୍ବରୁ ଆସିଥିଲେ କି? ରୋଗୀ ଖୋଜନ୍ତୁ
register-more = କାରଣ, ଲକ୍ଷଣ, କାର୍ଯ୍ୟକ୍ରମ
box-id-unknown = ଏହି ବକ୍ସରେ ଏହି ଆଇଡିର କୌଣସି ରୋଗୀ ନାହାନ୍ତି। ନାମରେ ଖୋଜନ୍ତୁ।
box-id-mistyped = ଏହା ସ୍ଲିପର ଆଇଡି ପରି, କିନ୍ତୁ ଭୁଲ ଲେଖାଯାଇଛି। ସ୍ଲିପ ସହ ମିଳାନ୍ତୁ।
reason-title = ଫିଲ୍ମ କାହିଁକି ନିଆଯାଉଛି?
reason-none = କୁହାଯାଇନାହିଁ
reason-screening = ସ୍କ୍ରିନିଂ, କୌଣସି କଷ୍ଟ ନାହିଁ
reason-triage = କଷ୍ଟ ଅଛି
reason-ward = ୱାର୍ଡର ରୋଗୀ
reason-pre_operative = ଅପରେସନ ପୂର୍ବରୁ
symptoms-title = ଲକ୍ଷଣ
symptom-cough = 2 ସପ୍ତାହ କିମ୍ବା ଅଧିକ କାଶ
symptom-fever = ଜ୍ୱର
symptom-weight_loss = ଓଜନ କମିବା
symptom-night_sweats = ରାତିରେ ଝାଳ
symptom-blood_in_sputum = କଫରେ ରକ୍ତ
symptom-breathlessness = ଶ୍ୱାସକଷ୍ଟ
symptom-chest_pain = ଛାତିରେ ଯନ୍ତ୍ରଣା
symptom-tb_contact = ଟିବି ରୋଗୀଙ୍କ ସଂସ୍ପର୍ଶ
past-tb-title = ପୂର୍ବରୁ ଟିବିର ଚିକିତ୍ସା ହୋଇଛି କି?
past-tb-unknown = ଜଣା ନାହିଁ
past-tb-no = ନା
past-tb-yes = ହଁ
hiv-title = HIV ସ୍ଥିତି
hiv-help = ଏହା ଛାଡ଼ି ପାରିବେ। କେବଳ ଡାକ୍ତର ଏହା ଦେଖନ୍ତି।
hiv-kept = ଏକ ଉତ୍ତର ଲିପିବଦ୍ଧ ଅଛି, ଯାହା କେବଳ ଡାକ୍ତର ଦେଖନ୍ତି। ନୂଆ ଉତ୍ତର ତାହାର ସ୍ଥାନ ନେବ।
hiv-unknown = ଜଣା ନାହିଁ
hiv-negative = ନେଗେଟିଭ
hiv-positive = ପଜିଟିଭ
indication-title = ଏହି ଫିଲ୍ମ କାହିଁକି
indication-none = ଫିଲ୍ମ କାହିଁକି ନିଆଗଲା, କେହି ଲେଖିନାହାନ୍ତି।
indication-change = ଲେଖନ୍ତୁ କିମ୍ବା ବଦଳାନ୍ତୁ
indication-save = ସେଭ୍ କରନ୍ତୁ
indication-reason = କାରଣ: { $reason }।
indication-symptoms = ଲକ୍ଷଣ: { $symptoms }।
indication-past-tb-no = ପୂର୍ବରୁ ଟିବିର ଚିକିତ୍ସା ହୋଇନାହିଁ।
indication-past-tb-yes = ପୂର୍ବରୁ ଟିବିର ଚିକିତ୍ସା ହୋଇଛି: ପୁରୁଣା ଦାଗ ସ୍କୋର ବଢ଼ାଇ ପାରେ।
indication-hiv = HIV ସ୍ଥିତି: { $status }।
note-screening-point = ଗୋଟିଏ ଫାଇଣ୍ଡିଂ ତାହାର ସୀମା ପାଖରେ ଅଛି। ସ୍କ୍ରିନିଂରେ ଏହାକୁ ଗଣାଯାଏ, ଯେପରି କମ୍ ଲୋକ ଛାଡ଼ି ହୁଅନ୍ତି।
    .next = ଡାକ୍ତରଙ୍କୁ ଫିଲ୍ମ ଦେଖାନ୍ତୁ, ଏବଂ କଫ ପରୀକ୍ଷା କଥା ଭାବନ୍ତୁ।
note-symptoms-call-for-test = ରୋଗୀଙ୍କର ଏପରି ଲକ୍ଷଣ ଅଛି ଯେଉଁଥିପାଇଁ ଟିବି ପରୀକ୍ଷା ଦରକାର, ସ୍କୋର ଯାହା ହେଉ।
    .next = କଫ ନିଅନ୍ତୁ, ସ୍କୋର କମ୍ ହେଲେ ମଧ୍ୟ।
note-symptoms-and-score = ରୋଗୀଙ୍କର ଟିବିର ଲକ୍ଷଣ ଅଛି, ଏବଂ ସ୍କୋର ସୀମାରେ କିମ୍ବା ତାହା ଉପରେ, ଯଦିଓ ସୀମା ପାଖରେ।
    .next = ଅପେକ୍ଷା କରନ୍ତୁ ନାହିଁ: କଫ ନିଅନ୍ତୁ, ଏବଂ ଆଜି ହିଁ ଡାକ୍ତରଙ୍କୁ ଫିଲ୍ମ ଦେଖାନ୍ତୁ।
note-fitness-not-judged = ଫିଲ୍ମ ଅପରେସନ ପୂର୍ବରୁ ନିଆଯାଇଛି। ରୋଗୀ ଅପରେସନ ପାଇଁ ଯୋଗ୍ୟ କି ନୁହେଁ, ବକ୍ସ ବିଚାର କରେ ନାହିଁ।
    .next = ତାହା ଡାକ୍ତର ଓ ଅପରେସନ ଦଳ ସ୍ଥିର କରନ୍ତି।
note-ward-film = ରୋଗୀ ୱାର୍ଡରେ ଅଛନ୍ତି। ବିଛଣାରେ ନିଆଯାଇଥିବା ଫିଲ୍ମରେ ମଡେଲକୁ ପରଖାଯାଇନାହିଁ।
    .next = ସ୍କୋର ଅପେକ୍ଷା ଫିଲ୍ମ ଉପରେ ଅଧିକ ଭରସା କରନ୍ତୁ।
point-lower-edge = ସ୍କ୍ରିନିଂରେ “ଏତେ ପାଖରେ ଯେ କହିହେବ ନାହିଁ”କୁ “ସୀମାଠାରୁ ଉପରେ” ପରି ଗଣାଯାଏ।
point-threshold = ଏହି ଲକ୍ଷଣ ଥିଲେ ସୀମାରେ କିମ୍ବା ତାହା ଉପରେ ଥିବା ଟିବି ସ୍କୋର ସେତେବେଳେ ମଧ୍ୟ ଗଣାଯାଏ ଯେତେବେଳେ ତାହା ଏତେ ପାଖରେ ଯେ କହିହେବ ନାହିଁ।
programme-nikshay = ନି-କ୍ଷୟ ଆଇଡି
programme-abha = ABHA ନମ୍ବର
programme-other = ଅନ୍ୟ କାର୍ଯ୍ୟକ୍ରମ
programme-name = ତାହାର ନାମ
programme-id = ସେଠାକାର ନମ୍ବର
field-nikshay = ନି-କ୍ଷୟ ଆଇଡି 5 ରୁ 12 ଅଙ୍କରେ ଲେଖନ୍ତୁ।
field-abha = ABHA ନମ୍ବରର ସବୁ 14ଟି ଅଙ୍କ ଲେଖନ୍ତୁ।
field-programme = କାର୍ଯ୍ୟକ୍ରମର ନାମ ଲେଖନ୍ତୁ।
field-programme_id = ସେହି କାର୍ଯ୍ୟକ୍ରମର ନମ୍ବର ଲେଖନ୍ତୁ, 2 ରୁ 40 ଅକ୍ଷର ଓ ଅଙ୍କ।
alike-programme = କୌଣସି କାର୍ଯ୍ୟକ୍ରମର ସମାନ ନମ୍ବର
alike-local-id = ସମାନ କ୍ଲିନିକ ନମ୍ବର
alike-name = ଶୁଣିବାକୁ ସମାନ ନାମ, ସମାନ ଲିଙ୍ଗ, ଏବଂ ମେଳ ଖାଉଥିବା ବୟସ
ask-who-title = ଏହି ରୋଗୀ ପୂର୍ବରୁ ଆସିଥିଲେ କି?
ask-who-what = ଆପଣ ଲେଖିଲେ: { $typed }। ଏପରି କେହି ପୂର୍ବରୁ ପଞ୍ଜୀକୃତ ଅଛନ୍ତି।
ask-who-next = ରୋଗୀଙ୍କୁ ପଚାରି ମିଳାନ୍ତୁ। ବକ୍ସ ଏହା ସ୍ଥିର କରେ ନାହିଁ।
ask-same = ଏ ସେହି ବ୍ୟକ୍ତି
ask-else = ଏ ଅନ୍ୟ କେହି: ନୂଆ ପଞ୍ଜୀକରଣ କରନ୍ତୁ
ask-back = ଫର୍ମକୁ ଫେରନ୍ତୁ
ask-whether-title = ଏ ଠିକ୍ ରୋଗୀ କି?
ask-whether-next = ରୋଗୀଙ୍କୁ ନାମ ପଚାରନ୍ତୁ, ଏବଂ ସ୍ଲିପ କିମ୍ବା କାର୍ଡ ଦେଖନ୍ତୁ।
ask-sex = ଲିଙ୍ଗ: ଆପଣ ଲେଖିଲେ “{ $told }”, ଲିପିବଦ୍ଧ ଅଛି “{ $record }”।
ask-age = ବୟସ କିମ୍ବା ଜନ୍ମ ବର୍ଷ: ଆପଣ ଲେଖିଲେ “{ $told }”, ଲିପିବଦ୍ଧ ଅଛି “{ $record }”।
ask-age-born = ଜନ୍ମ { $year }
ask-age-told = { $year } ରେ { $years } ବର୍ଷ
ask-record-right = ଠିକ୍ ରୋଗୀ: ଯାହା ଲିପିବଦ୍ଧ ଅଛି ତାହା ଠିକ୍
ask-told-right = ଠିକ୍ ରୋଗୀ: ମୁଁ ଯାହା ଲେଖିଲି ତାହା ଠିକ୍
camp-title = ପରବର୍ତ୍ତୀ ରୋଗୀ
camp-begin = ଜଣେ ପରେ ଜଣେ ଅନେକ ରୋଗୀ (ଶିବିର)
camp-help = ସେତେବେଳେ କାରଣ ସ୍କ୍ରିନିଂ ରହେ, ଏବଂ ପ୍ରତ୍ୟେକ ଫଟୋ ପରେ ପରବର୍ତ୍ତୀ ରୋଗୀ ସଙ୍ଗେ ସଙ୍ଗେ ଆସିପାରନ୍ତି।
camp-end = ଶିବିର ଶେଷ କରନ୍ତୁ
camp-next = ପରବର୍ତ୍ତୀ ରୋଗୀ
camp-strip = ସବୁଠାରୁ ନୂଆ ଫିଲ୍ମ
slip-title = ରୋଗୀଙ୍କ ସ୍ଲିପ
slip-show = କୋଡ ଥିବା ସ୍ଲିପ
slip-code = ଆଇଡିର QR କୋଡ
slip-help = ପରବର୍ତ୍ତୀ ଥର ଏହି ସ୍ଲିପ କିମ୍ବା ତାହାର ଫଟୋ ସାଙ୍ଗରେ ଆଣନ୍ତୁ: ସେଥିରେ ଆପଣଙ୍କ ପୂର୍ବ ଫିଲ୍ମ ମିଳିଯାଏ।
slip-on = ଫଟୋକୁ ଆଗେଇ ଯାଆନ୍ତୁ
slip-pdf = ପ୍ରିଣ୍ଟ କରନ୍ତୁ (PDF, A6)
print-box-id = ଆଇଡି
fault-FR-408 = ଏହି ବକ୍ସରେ ଏପରି କୌଣସି ରୋଗୀ ନାହାନ୍ତି।
    .next = ନାମରେ କିମ୍ବା ସ୍ଲିପର ନମ୍ବରରେ ରୋଗୀ ଖୋଜନ୍ତୁ।
fault-FR-903 = ରୋଗୀଙ୍କୁ ଦେବା ପାଇଁ ଏହି ବକ୍ସର ସବୁ ନମ୍ବର ସରିଗଲା।
    .next = ସହାୟତାକୁ କୋଡ କୁହନ୍ତୁ: ବକ୍ସକୁ ନୂଆ ନମ୍ବର ଦରକାର।

## Records carried to the portal by hand
carry-title = ନେଟୱର୍କ ବିନା
carry-open = ରେକର୍ଡ ପୋର୍ଟାଲକୁ ନିଅନ୍ତୁ
carry-what = ପୋର୍ଟାଲ ପାଇଁ ଯାହା ଅପେକ୍ଷାରେ ଅଛି ତାହା ଗୋଟିଏ ଫାଇଲରେ, ଷ୍ଟିକ୍ କିମ୍ବା ଫୋନରେ, ସେଠାକୁ ନେଇହେବ। ପୋର୍ଟାଲର ଉତ୍ତର ସେହି ବାଟରେ ଫେରେ।
carry-safe = ଫାଇଲଟି ସଙ୍କେତରେ ଲୁଚା: କେବଳ ପୋର୍ଟାଲ ପଢ଼ିପାରିବ। ଉତ୍ତର ଫେରିବା ପୂର୍ବରୁ ଏଠାରେ କିଛି ଲିଭେ ନାହିଁ, ଏବଂ ଗୋଟିଏ ଫାଇଲ ଦୁଇଥର ନେଲେ କ୍ଷତି ନାହିଁ।
carry-out-title = 1. ସାଇତି ସେଠାକୁ ନିଅନ୍ତୁ
carry-all = ସବୁ ସାଇତନ୍ତୁ
carry-small = ଫିଲ୍ମ ବିନା ସାଇତନ୍ତୁ (ଛୋଟ ଫାଇଲ)
carry-nothing = ପୋର୍ଟାଲ ପାଇଁ କିଛି ଅପେକ୍ଷାରେ ନାହିଁ।
carry-back-title = 2. ଉତ୍ତର ଫେରାଇ ଆଣନ୍ତୁ
carry-answer = ପୋର୍ଟାଲର ଉତ୍ତର (ଗୋଟିଏ ଫାଇଲ)
carry-submit = ଉତ୍ତର ନିଅନ୍ତୁ
carry-done = ଉତ୍ତର ନିଆଗଲା: { $receipts }ଟି ରେକର୍ଡର ରସିଦ ଆସିଲା, { $refused }ଟି ଅଗ୍ରାହ୍ୟ ହେଲା।
fault-FR-807 = ବୋହି ନେବା ଫାଇଲ ପାଇଁ ଏହି ବାକ୍ସରେ ପୋର୍ଟାଲର ଚାବି ନାହିଁ।
    .next = ପୋର୍ଟାଲର ପ୍ରଶାସକଙ୍କୁ “recipient” ଧାଡ଼ିଟି ମାଗନ୍ତୁ ଏବଂ ସେଟିଂସ ଫାଇଲରେ ଲେଖନ୍ତୁ।
fault-FR-808 = ଏହା ଏହି ବାକ୍ସ ପାଇଁ ପୋର୍ଟାଲର ଉତ୍ତର ନୁହେଁ, କିମ୍ବା ସମ୍ପୂର୍ଣ୍ଣ ନୁହେଁ।
    .next = ପୋର୍ଟାଲରୁ ଫାଇଲଟି ପୁଣି କପି କରି ପୁଣି ବାଛନ୍ତୁ। କିଛି ବଦଳାଯାଇ ନାହିଁ।

wiped-title = ଏହି ବକ୍ସକୁ ଲିଭାଇ ଦିଆଯାଇଛି
wiped-told = { $name } { $time } ରେ ପୋର୍ଟାଲରୁ ଚାବି, ଡାଟାବେସ ଓ ଫିଲ୍ମ ନଷ୍ଟ କରିବାକୁ କହିଛନ୍ତି। ରୋଗୀଙ୍କ ବିଷୟରେ ଏଥିରେ କିଛି ରହିନାହିଁ।
wiped-next = ଏହି ବକ୍ସ ଆପଣଙ୍କୁ ମିଳିଥିଲେ କ୍ଲିନିକ୍ କିମ୍ବା ପୋର୍ଟାଲର ଲୋକଙ୍କୁ ଫେରାଇ ଦିଅନ୍ତୁ। ସେମାନେ ଏହାକୁ ପୁଣି ପ୍ରସ୍ତୁତ କରିବେ।
portal-read-name = ଆପଣଙ୍କ ନାମ
portal-read-code = ଥରେ କାମ କରୁଥିବା କୋଡ୍
portal-read-choose = ନିଜର PIN କିମ୍ବା ପାସୱାର୍ଡ ବାଛନ୍ତୁ
portal-read-choose-help = ଅତି କମରେ 4ଟି ଅଙ୍କ, କିମ୍ବା ଅତି କମରେ 8ଟି ଅକ୍ଷର। ଅନ୍ୟ କେହି ଜାଣିବା ଉଚିତ ନୁହେଁ।
portal-read-again = ସେହିଟା ପୁଣି ଲେଖନ୍ତୁ
portal-read-enter = ଆଗକୁ ବଢ଼ନ୍ତୁ
portal-read-login = ଫିଲ୍ମ ପଢ଼ିବାକୁ ଲଗ୍ ଇନ୍ କରନ୍ତୁ
portal-read-begin = ପ୍ରଥମ ଥର: ଆପଣଙ୍କ କୋଡ୍ ଦିଅନ୍ତୁ
portal-read-wrong = ନାମ କିମ୍ବା ପାସୱାର୍ଡ ଭୁଲ୍।
portal-read-choose-wrong = ସମାନ ପାସୱାର୍ଡ ଦୁଇଥର ଲେଖନ୍ତୁ। ଅତି ସହଜ ହେଲେ ଗ୍ରହଣ ହୁଏ ନାହିଁ।
portal-read-code-wrong = ନାମ କିମ୍ବା କୋଡ୍ ଭୁଲ୍, କିମ୍ବା କୋଡ୍ ଆଗରୁ ବ୍ୟବହୃତ। ନୂଆଟିଏ ମାଗନ୍ତୁ।
portal-films-title = ପଢ଼ିବାକୁ ଥିବା ଫିଲ୍ମ
portal-films-intro = ବକ୍ସମାନେ ଯାହା ପଠାଇଛନ୍ତି ଓ ପୋର୍ଟାଲର କେହି ପଢ଼ିନାହାନ୍ତି, ସବୁଠାରୁ ଜରୁରୀ ପ୍ରଥମେ।
portal-films-none = କୌଣସି ଫିଲ୍ମ ଅପେକ୍ଷାରେ ନାହିଁ।
portal-films-read = ନିକଟରେ ପଢ଼ାଯାଇଥିବା
portal-film-given = ବକ୍ସ ପରବର୍ତ୍ତୀ ଥର ଯୋଗାଯୋଗ କଲେ ଆପଣଙ୍କ ମତ ତାହା ପାଖକୁ ଯିବ।
portal-film-not-here = ଏକ୍ସ-ରେ ଛବି ଏପର୍ଯ୍ୟନ୍ତ ଆସିନାହିଁ: ଛବି ସବା ଶେଷରେ ଯାଏ।
portal-film-help = ପ୍ରତ୍ୟେକ ଫାଇଣ୍ଡିଂ ପାଖରେ ବକ୍ସ କଣ କହିଛି ଲେଖାଅଛି। ଆପଣଙ୍କ ପାଇଁ କିଛି ବଛାଯାଇନାହିଁ।
portal-film-send-help = ବକ୍ସ ଏହାକୁ ଆପଣଙ୍କ ନାମରେ ଦ୍ୱିତୀୟ ମତ ଭାବେ ଦେଖାଏ। ଏହା କୌଣସି ରିପୋର୍ଟର ସ୍ଥାନ ନିଏ ନାହିଁ।
portal-film-send = ଏହି ମତ ପଠାନ୍ତୁ
portal-announced-title = ଏସଏମଏସରେ ଜଣାଯାଇଥିବା
portal-announced-intro = ଯୋଗାଯୋଗ ନଥିବା ବକ୍ସର ଜରୁରୀ ଫଳ। କ୍ଲିନିକକୁ ଫୋନ କରି ପରୀକ୍ଷା ନମ୍ବର କୁହନ୍ତୁ: ପଢ଼ିବା ପାଇଁ ଫିଲ୍ମ ଏବେ ନାହିଁ।
portal-announced-waits = ଫିଲ୍ମ ଆସିନାହିଁ।
portal-announced-overdue = ଦୁଇ ସପ୍ତାହ ହେଲା ଫିଲ୍ମ ଆସିନାହିଁ। କ୍ଲିନିକକୁ ପଚାରନ୍ତୁ।
portal-announced-missing = ବକ୍ସ ପାଖରେ ଏହି ରେକର୍ଡର ରସିଦ ଅଛି, କିନ୍ତୁ ରେକର୍ଡ ଏଠାରେ ନାହିଁ। ପୋର୍ଟାଲର ପ୍ରଶାସକଙ୍କୁ ଜଣାନ୍ତୁ।
portal-announced-differs = ରେକର୍ଡ ଆସିଛି ଓ ଅନ୍ୟ କଥା କହୁଛି। ଫିଲ୍ମ ଦେଖନ୍ତୁ, ଓ କ୍ଲିନିକକୁ ଫୋନ କରନ୍ତୁ।
portal-announced-seen = ମୁଁ ଏହା ଦେଖିଛି
portal-announced-known = ବକ୍ସରେ ଜଣାପଡ଼ିଲା { $time }
portal-announced-came = ଏସଏମଏସ { $time }
portal-announced-more = ଓ ଅନ୍ୟ ଫାଇଣ୍ଡିଂ
portal-alert-open = କ୍ଲିନିକରେ କେହି ଆଲର୍ଟ ନେଇନାହାନ୍ତି।
portal-alert-acknowledged = କ୍ଲିନିକରେ କେହି ଆଲର୍ଟ ନେଇଛନ୍ତି।
portal-alert-none = କ୍ଲିନିକରେ କୌଣସି ଆଲର୍ଟ ନଥିଲା।
portal-box-announced = { $count ->
        [one] { $count }ଟି ଜରୁରୀ ଫଳ ଏସଏମଏସରେ ଜଣାଯାଇଛି; ତାର ରେକର୍ଡ ଆସିନାହିଁ
       *[other] { $count }ଟି ଜରୁରୀ ଫଳ ଏସଏମଏସରେ ଜଣାଯାଇଛି; ସେଗୁଡ଼ିକର ରେକର୍ଡ ଆସିନାହିଁ
    }
portal-box-contradictions = { $count ->
        [one] { $count }ଟି ରେକର୍ଡ ନିଜ ଏସଏମଏସ ସହ ମେଳ ଖାଏ ନାହିଁ
       *[other] { $count }ଟି ରେକର୍ଡ ନିଜ ଏସଏମଏସ ସହ ମେଳ ଖାଏ ନାହିଁ
    }
portal-box-incomplete = { $count ->
        [one] { $count }ଟି ଏସଏମଏସର ଅନ୍ୟ ଅଧା ଆସିନାହିଁ
       *[other] { $count }ଟି ଏସଏମଏସର ଅନ୍ୟ ଅଧା ଆସିନାହିଁ
    }
portal-state-announced = ରେକର୍ଡ ଓ ଏସଏମଏସ ମେଳ ଖାଏ ନାହିଁ
    .next = ଫିଲ୍ମ ପଢ଼ୁଥିବା ଲୋକ ଏହାକୁ ପଢ଼ିବାର ଫିଲ୍ମ ଉପରେ ପାଇବେ।
review-by = ପୋର୍ଟାଲରୁ ଦ୍ୱିତୀୟ ମତ: { $name }, { $time }
review-beyond = ବକ୍ସ ଦେଖାଇ ନଥିବା କଥା ଦେଖୁଛନ୍ତି: { $findings }। ଫିଲ୍ମକୁ ପୁଣି ଦେଖନ୍ତୁ।
review-other-film = ଏହା ଏହି ପରୀକ୍ଷାର ଅନ୍ୟ ଏକ ଫଟୋ ବିଷୟରେ, ଏଠାରେ ଦେଖାଯାଉଥିବାଟିର ନୁହେଁ।
review-beside = ଏହା ବକ୍ସର ପଠନ ଓ ରିପୋର୍ଟ ପାଖରେ ରହେ, କାହାର ସ୍ଥାନ ନିଏ ନାହିଁ।
review-seen = ମୁଁ ଦେଖିଛି
review-seen-help = ଏହା ପରେ କୌଣସି ଡାକ୍ତର ଦସ୍ତଖତ ନକଲେ ବା ଏଠାରେ ଦେଖିଛନ୍ତି ବୋଲି ନକହିଲେ ପର୍ଯ୍ୟନ୍ତ ତାଲିକାର ଉପରେ ଏହି ପରୀକ୍ଷା ଦେଖାଯାଏ।
review-take = ଏହି ଶବ୍ଦଗୁଡ଼ିକ ନିଅନ୍ତୁ
review-alarm = ପରୀକ୍ଷା { $number }: ପୋର୍ଟାଲ ବକ୍ସ ଅପେକ୍ଷା ଅଧିକ ଦେଖୁଛି। ଜଣେ ଡାକ୍ତର ଦେଖିବା ଦରକାର।
review-alarm-mark = ପୋର୍ଟାଲ ଅଧିକ ଦେଖୁଛି
orders-title = ପୋର୍ଟାଲ ଯାହା ମାଗିଛି
orders-intro = ପୋର୍ଟାଲ ଏହି ବକ୍ସକୁ ଯାହା ମାଗିଛି, ଏବଂ ତାହାର କଣ ହେଲା। ଏଠାରେ ରୋଗୀଙ୍କ ବିଷୟରେ କିଛି ଦେଖାଯାଏ ନାହିଁ।
orders-set-title = ପୋର୍ଟାଲରୁ ଲାଗୁ ଥିବା ସେଟିଂ
orders-list-title = ଆଦେଶ
orders-none = ପୋର୍ଟାଲ କିଛି ମାଗିନାହିଁ।
order-kind-wipe = ଏହି ବକ୍ସର ସବୁକିଛି ନଷ୍ଟ କରିବା
order-kind-review = ଗୋଟିଏ ଫିଲ୍ମର ଦ୍ୱିତୀୟ ମତ
order-kind-settings = ସେଟିଂ ପରିବର୍ତ୍ତନ
order-kind-support = ସହାୟତା ଟିମ ବକ୍ସର ଅବସ୍ଥା ଦେଖିବାକୁ ଚାହାନ୍ତି
order-kind-bundle = ପୋର୍ଟାଲରୁ ନୂଆ ସଂସ୍କରଣ
order-kind-withdraw_bundle = ପୋର୍ଟାଲ ଗୋଟିଏ ସଂସ୍କରଣ ଫେରାଇ ନିଏ
order-kind-other = ଏହି ପ୍ରୋଗ୍ରାମ ଜାଣିନଥିବା କିଛି: { $kind }
order-sent = ବକ୍ସ ଏପର୍ଯ୍ୟନ୍ତ ଜାଣିନାହିଁ
order-kept = ରଖାଯାଇଛି, କରାଯାଇନାହିଁ
order-waiting = ଜଣଙ୍କ ଉତ୍ତର ଅପେକ୍ଷାରେ
order-agreed = ସହମତି ଦିଆଗଲା, ପୋର୍ଟାଲ ବାଟରେ ଅଛି
order-done = ହୋଇଗଲା
order-refused = କରାଗଲା ନାହିଁ
order-withdrawn = ଫେରାଇ ନିଆଯାଇଛି
order-untold = ପୋର୍ଟାଲ ଏପର୍ଯ୍ୟନ୍ତ ଜାଣିନାହିଁ
order-refused-unreadable = ଏହି ପ୍ରୋଗ୍ରାମ ଏହାକୁ ପଢ଼ିପାରୁନାହିଁ
order-refused-study_unknown = ଏଠାରେ ଏପରି ପରୀକ୍ଷା ନାହିଁ
order-refused-setting_unknown = ପୋର୍ଟାଲ ଏହି ସେଟିଂ ବଦଳାଇପାରିବ ନାହିଁ
order-refused-setting_invalid = ସେଟିଂର ଏହି ମୂଲ୍ୟ ହୋଇପାରିବ ନାହିଁ
order-refused-expired = ପରବର୍ତ୍ତୀ ଆଦେଶ ଆଗରୁ ଆସିଛି
order-refused-declined = ଏଠାରେ କେହି ମନା କରିଛନ୍ତି
order-refused-bad_signature = ବକ୍ସ ଯାହାଙ୍କୁ ବିଶ୍ୱାସ କରେ ସେମାନଙ୍କ ମଧ୍ୟରୁ କେହି ଦସ୍ତଖତ କରିନାହାନ୍ତି
order-refused-damaged = ଯାହା ଆସିଲା ତାହା ନଷ୍ଟ, କିମ୍ବା ଯାହା ମଗାଯାଇଥିଲା ତାହା ନୁହେଁ
order-refused-older = ବକ୍ସରେ ଏହାଠାରୁ ନୂଆ ସଂସ୍କରଣ ଅଛି
order-refused-other_machine = ଏହା ଅନ୍ୟ ପ୍ରକାର ବକ୍ସ ପାଇଁ
order-refused-from_too_old = ବକ୍ସର ସଂସ୍କରଣ ଏହା ପାଇଁ ବହୁତ ପୁରୁଣା
order-refused-from_too_new = ବକ୍ସର ସଂସ୍କରଣ ଏହା ଆଶା କରିବାଠାରୁ ନୂଆ
order-refused-database_newer = ଏହା ବକ୍ସର ଡାଟାବେସକୁ ଜାଣେ ନାହିଁ
order-refused-no_room = ଡିସ୍କରେ ଜାଗା ବହୁତ କମ
order-refused-no_slots = ବକ୍ସ ଅପଡେଟ ପାଇଁ ପ୍ରସ୍ତୁତ ହୋଇନାହିଁ
order-refused-trial_failed = ନକଲରେ ପରୀକ୍ଷା ବେଳେ ବିଫଳ ହେଲା
order-refused-went_back = ଏହା ଆରମ୍ଭ ହେଲା ନାହିଁ; ବକ୍ସ ପୁରୁଣାକୁ ଫେରିଗଲା
order-refused-install_failed = ଲଗାଇବା ବେଳେ କିଛି ବିଫଳ ହେଲା
order-refused-withdrawn = ପୋର୍ଟାଲ ଏହାକୁ ଫେରାଇ ନେଇଛି
order-refused-consent_ended = ପୋର୍ଟାଲ ଫାଇଲ ପାଇବା ପୂର୍ବରୁ ସହମତି ସରିଗଲା
order-times = ଆଦେଶ { $number } · ତିଆରି { $made } · ଆସିଲା { $taken }
order-set = { $setting }: { $value } · ସ୍ଥିର କଲେ { $name } · { $time } · ଆଦେଶ { $number }
portal-setting-support_contact = କାହାକୁ ଫୋନ୍ କରିବେ
portal-setting-metered = ପଠାଇବାରେ ଖର୍ଚ୍ଚ ହୁଏ (ଫିଲ୍ମ ଅପେକ୍ଷା କରେ)
portal-setting-budget_mib_per_day = ଦିନକର ସୀମା, ମେବିବାଇଟ
support-asked = ପୋର୍ଟାଲର { $name } ଚାହାନ୍ତି ଯେ ସହାୟତା ଟିମ { $count } ଘଣ୍ଟା ଏହି ବକ୍ସର ଅବସ୍ଥା ଦେଖନ୍ତୁ
support-asked-next = ଯିଏ ବକ୍ସ ଅପଡେଟ କରିପାରିବେ ସେ ସହାୟତା ପୃଷ୍ଠାରେ ଉତ୍ତର ଦିଅନ୍ତୁ।
support-allow = ହଁ, ଏହି ସମୟ ପାଇଁ
support-decline = ନା

## What a portal proposes, keys that change, orders that cannot be trusted
credit-title = ରିପୋର୍ଟରେ ନାମ
credit-help = ଯାହାଙ୍କ ଶବ୍ଦ ଆପଣ ନେଇଛନ୍ତି, ତାଙ୍କ ନାମ ଆପଣଙ୍କ ଦସ୍ତଖତ ପାଖରେ ରହେ। ତାଙ୍କର କୌଣସି ଶବ୍ଦ ନଥିଲେ ଚିହ୍ନ ହଟାନ୍ତୁ।
credit-review = { $name }ଙ୍କ ଦ୍ୱିତୀୟ ମତର ଶବ୍ଦ ସହ, { $time }
credit-amendment = ପୋର୍ଟାଲର { $name }ଙ୍କ ପ୍ରସ୍ତାବ ଅନୁସାରେ, { $time }
proposal-by = ପୋର୍ଟାଲରୁ ସଂସ୍କରଣ { $version } ସଂଶୋଧନର ପ୍ରସ୍ତାବ: { $name }, { $time }
proposal-why = କାରଣ:
proposal-older = ଏହା ପୁରୁଣା ସଂସ୍କରଣ ବିଷୟରେ: ଏହା ପରେ ଅନ୍ୟ ଏକରେ ଦସ୍ତଖତ ହୋଇଛି। ନିଷ୍ପତ୍ତି ପୂର୍ବରୁ ଦୁଇଟିକୁ ମିଳାଇ ଦେଖନ୍ତୁ।
proposal-beside = ଏହା ନିଜେ କିଛି ବଦଳାଏ ନାହିଁ। ଏଠାକାର ଜଣେ ଡାକ୍ତର ଏହାକୁ ନିଅନ୍ତି କିମ୍ବା ମନା କରନ୍ତି।
proposal-take = ଦେଖନ୍ତୁ ଓ ନିଅନ୍ତୁ
proposal-decline = ମନା କରନ୍ତୁ
proposal-decline-why = କାହିଁକି ମନା କରୁଛନ୍ତି?
proposal-decline-help = ଏହି ଶବ୍ଦଗୁଡ଼ିକ ପୋର୍ଟାଲକୁ ଜଣାଯାଏ।
proposal-decline-send = ମନା କରନ୍ତୁ
proposal-taken = { $name } ସଂସ୍କରଣ { $version }ରେ ନେଇଛନ୍ତି, { $time }
proposal-declined = { $name } ମନା କରିଛନ୍ତି, { $time }: { $reason }
proposal-filled = ଫର୍ମରେ { $name } ଯାହା ପ୍ରସ୍ତାବ ଦେଇଛନ୍ତି ତାହା ଅଛି। ସବୁ ଯାଞ୍ଚ କରି ନିଜ ସଂଶୋଧନ ଭାବେ ଦସ୍ତଖତ କରନ୍ତୁ, କିମ୍ବା ପୃଷ୍ଠା ଛାଡ଼ନ୍ତୁ।
proposal-over-draft = ଆଗରୁ ରଖାଯାଇଥିବା ଓ ଦସ୍ତଖତ ହୋଇନଥିବା ଲେଖା ଏଠାରେ ରଖିଲେ ବଦଳିଯିବ।
proposal-alarm = ପରୀକ୍ଷା { $number }: ପୋର୍ଟାଲ ଦସ୍ତଖତ ହୋଇଥିବା ରିପୋର୍ଟ ସଂଶୋଧନର ପ୍ରସ୍ତାବ ଦେଉଛି। ଜଣେ ଡାକ୍ତର ଉତ୍ତର ଦେବା ଦରକାର।
proposal-mark = ସଂଶୋଧନର ପ୍ରସ୍ତାବ
alert-by-portal = ପୋର୍ଟାଲର ଜଣେ ରେଡିଓଲୋଜିଷ୍ଟ ଏହା ଦେଖୁଛନ୍ତି।
order-kind-amendment = ଦସ୍ତଖତ ହୋଇଥିବା ରିପୋର୍ଟ ସଂଶୋଧନର ପ୍ରସ୍ତାବ
order-kind-rotate = ଏହି ବକ୍ସ ପାଇଁ ନୂଆ ଚାବି
order-kind-portal_key = ପୋର୍ଟାଲର ନୂଆ ଚାବି
order-refused-version_unknown = ଏଠାରେ ରିପୋର୍ଟର ଏପରି ସଂସ୍କରଣ ନାହିଁ
order-refused-unverifiable = ପୋର୍ଟାଲ ଏହି ବକ୍ସ ପାଇଁ ଏଥିରେ ଦସ୍ତଖତ କରିନାହିଁ, କିମ୍ବା ଏହାକୁ ରଖିହେବ ନାହିଁ
orders-parked-title = ଯେଉଁ ଆଦେଶକୁ ବିଶ୍ୱାସ କରିହେବ ନାହିଁ
orders-parked-what = ଏଗୁଡ଼ିକ ପୋର୍ଟାଲ ନାମରେ ଆସିଛି, କିନ୍ତୁ ସେ ଏହି ବକ୍ସ ପାଇଁ ଦସ୍ତଖତ କରିନାହିଁ, କିମ୍ବା ଏଗୁଡ଼ିକୁ ରଖିହେବ ନାହିଁ। ଏଗୁଡ଼ିକ ପାଇଁ କିଛି କରାଯାଏ ନାହିଁ। ଯିଏ ପୋର୍ଟାଲ ଚଳାନ୍ତି ତାଙ୍କୁ ଜଣାନ୍ତୁ।
order-parked-times = ଆଦେଶ { $number } · ଆସିଲା { $taken }
box-key-title = ଏହି ବକ୍ସର ଚାବି
box-name-line = ନାମ: { $name }
box-key-line = ଚାବି: { $key }… · ଏପର୍ଯ୍ୟନ୍ତ ବଦଳିଛି: { $count } ଥର
box-key-waits = ଏକ ନୂଆ ଚାବି ଅପେକ୍ଷାରେ ଅଛି। ପୋର୍ଟାଲ ଜାଣିବା ମାତ୍ରେ ତାହା କାମରେ ଲାଗେ।
box-key-help = ଚାବି ଦ୍ୱାରା ବକ୍ସ ପୋର୍ଟାଲକୁ ପ୍ରମାଣ ଦିଏ ଯେ ସେ କିଏ। ନୂଆ ଚାବି ତାହାର ସ୍ଥାନ ନିଏ, କିଛି ପୁଣି ପଠାଯାଏ ନାହିଁ। ଚୋରି ପରେ ପୋର୍ଟାଲ ବକ୍ସକୁ ବାହାର କରିବା ଦରକାର।
box-key-new = ନୂଆ ଚାବି ତିଆରି କରନ୍ତୁ
carry-orders = ଏଥିରେ ପୋର୍ଟାଲର ଆଦେଶ: { $count }ଟି।
portal-amend-title = ସଂଶୋଧନର ପ୍ରସ୍ତାବ ଦିଅନ୍ତୁ
portal-amend-open = ସଂଶୋଧନର ପ୍ରସ୍ତାବ ଦିଅନ୍ତୁ
portal-amend-back = ଫିଲ୍ମକୁ ଫେରନ୍ତୁ
portal-amend-by = ସଂଶୋଧନର ପ୍ରସ୍ତାବ: { $name }, { $time }
portal-amend-help = ବକ୍ସର ଡାକ୍ତର ଯାହା ଦସ୍ତଖତ କରିଛନ୍ତି ସେଥିରୁ ଫର୍ମ ଆରମ୍ଭ ହୁଏ। ଆପଣ ଯାହା ଭିନ୍ନ ଦେଖୁଛନ୍ତି ତାହା ବଦଳାନ୍ତୁ।
portal-amend-send-help = ଦସ୍ତଖତ ହୋଇଥିବା ରିପୋର୍ଟ ସେମିତି ରହେ। ପ୍ରସ୍ତାବ ବକ୍ସକୁ ଯାଏ, ସେଠାରେ ଜଣେ ଡାକ୍ତର ଏହାକୁ ନିଅନ୍ତି କିମ୍ବା ମନା କରନ୍ତି।
portal-amend-send = ଏହି ପ୍ରସ୍ତାବ ପଠାନ୍ତୁ
portal-amend-given = ବକ୍ସ ପରବର୍ତ୍ତୀ ଥର ଯୋଗାଯୋଗ କଲେ ପ୍ରସ୍ତାବ ତାହା ପାଖକୁ ଯିବ।
portal-amend-newer = ଏହା ପରେ ବକ୍ସରେ ଅନ୍ୟ ଏକ ସଂସ୍କରଣରେ ଦସ୍ତଖତ ହୋଇଛି। କିଛି ପଠାଯାଇନାହିଁ: ନୂଆ ସଂସ୍କରଣ ଦେଖନ୍ତୁ, ତାପରେ ପୁଣି ପ୍ରସ୍ତାବ ଦିଅନ୍ତୁ।
portal-amend-no-reason = ରିପୋର୍ଟ କାହିଁକି ବଦଳାଯିବା ଉଚିତ କୁହନ୍ତୁ।
carry-ask = ପୋର୍ଟାଲର ଆଦେଶ ମାଗିବା ଫାଇଲ ରଖନ୍ତୁ
# ବକ୍ସ ବ୍ୟତୀତ ଅନ୍ୟମାନେ ପୋର୍ଟାଲକୁ ଯାହା ପଠାନ୍ତି, ଏବଂ ଯାହା DHIS2କୁ ଯାଏ।
portal-foreign-title = ଅନ୍ୟ ବ୍ୟବସ୍ଥାର ଫିଲ୍ମ
portal-foreign-intro = ଏକ ଇମେଜିଂ ବ୍ୟବସ୍ଥା ପଠାଇଛି, ଯାହା ପାଖରେ ଏହି ପୋର୍ଟାଲର ଚାବି ଅଛି। କୌଣସି ବକ୍ସ ଏହି ଫିଲ୍ମ ପଢ଼ି ନାହିଁ, ଏବଂ ଏଠାରେ ଏହା ଉପରେ ମତ ଦିଆଯାଇପାରିବ ନାହିଁ।
portal-foreign-conflict = ଗୋଟିଏ ନମ୍ବରରେ ଦୁଇଟି ଅଲଗା ବିଷୟବସ୍ତୁ ଆସିଛି। ଦୁଇଟିଯାକ ରଖାଯାଇଛି ଓ ଦେଖାଯାଇଛି: ଯିଏ ପଠାଇଛନ୍ତି ତାଙ୍କୁ ପଚାରନ୍ତୁ।
portal-foreign-conflict-mark = ଦୁଇଟି ବିଷୟବସ୍ତୁ
portal-foreign-alt = ଅନ୍ୟ ବ୍ୟବସ୍ଥାରୁ ଆସିଥିବା ଫିଲ୍ମର ଛବି; ପୂରା ଆକାରରେ ଦେଖିବାକୁ ଖୋଲନ୍ତୁ
portal-foreign-others = ଏହି ପରୀକ୍ଷାର ଆଉ { $count }ଟି ଜିନିଷରେ ଛବି ନାହିଁ।
portal-sources-title = ଅନ୍ୟ ବ୍ୟବସ୍ଥା
portal-source-held = { $objects }ଟି DICOM ଜିନିଷ ଓ { $bundles }ଟି FHIR ବଣ୍ଡଲ ରଖାଯାଇଛି
portal-source-closed = ଆଉ ପଠାଇପାରିବ ନାହିଁ
portal-source-conflicts = { $count }ଟି ଜିନିଷ ଏପରି ନମ୍ବରରେ ଆସିଛି ଯାହାର ଦୁଇଟି ବିଷୟବସ୍ତୁ; ସବୁ ରଖାଯାଇଛି
portal-dhis2-title = DHIS2 ପାଇଁ
portal-dhis2-since = ଯେଉଁ ଫିଲ୍ମର କିଛି ଏହି ଦିନ କିମ୍ବା ପରେ ଆସିଛି; ଖାଲି: ସବୁ
portal-dhis2-save = ଫାଇଲ ସଞ୍ଚୟ କରନ୍ତୁ
# ପୋର୍ଟାଲର ପୃଷ୍ଠାରେ କାର୍ଯ୍ୟକ୍ରମର ହିସାବ।
programme-title = କାର୍ଯ୍ୟକ୍ରମ
programme-intro = ଏହି ପୋର୍ଟାଲର ବକ୍ସମାନେ ଯାହା ପଠାଇଛନ୍ତି, ସଂଖ୍ୟାରେ। ଏଠାରେ କାହାରି ନାମ ନାହିଁ।
programme-period = ସପ୍ତାହ
programme-weeks = ଗତ { $count } ସପ୍ତାହ
programme-site = କେନ୍ଦ୍ର
programme-all-sites = ସବୁ କେନ୍ଦ୍ର
programme-show = ଦେଖାନ୍ତୁ
programme-look-title = ଯାହା ଦେଖିବା ଦରକାର
programme-films = ଫିଲ୍ମ
programme-signed = ଦସ୍ତଖତ ହୋଇଥିବା ରିପୋର୍ଟ ଅଛି
programme-photos-refused = ଗ୍ରହଣ ନ ହୋଇଥିବା ଫଟୋ
programme-unscored = ଟିବି ପାଇଁ ସ୍କୋର ନାହିଁ
programme-suspects = ଟିବି ସନ୍ଦେହ ଥିବା ଲୋକ
programme-tested = ଟେଷ୍ଟ ହୋଇଛି
programme-undated = ନିଶ୍ଚିତ ତାରିଖ ନ ଥିବା
programme-undated-help = ବକ୍ସର ଘଣ୍ଟାର ସମୟ ନିଶ୍ଚିତ ନ ଥିଲା। ଏଗୁଡ଼ିକ ଏଠାରେ ଗଣାଯାଏ, କୌଣସି ସପ୍ତାହରେ ନୁହେଁ।
programme-answer = ଆଲର୍ଟରୁ ଉତ୍ତର ପର୍ଯ୍ୟନ୍ତ
programme-untimed = ଉତ୍ତରର ସମୟ ନିଶ୍ଚିତ ନୁହେଁ
programme-all = ଏହି ସବୁ ସପ୍ତାହ
programme-no-time = ନିଶ୍ଚିତ ସମୟ ନାହିଁ
programme-hours = { $count } ଘଣ୍ଟା
programme-of = { $whole } ମଧ୍ୟରୁ { $part }
programme-people-note = ଜଣେ ଲୋକ ଥରେ ଗଣାଯାଆନ୍ତି, ଯେଉଁ ସପ୍ତାହରେ ପ୍ରଥମ ଫିଲ୍ମରୁ ସନ୍ଦେହ ହେଲା; ତା’ପରର 90 ଦିନର ଫିଲ୍ମ, ଟେଷ୍ଟ ଓ ଫଳାଫଳ ସେଥିରେ ଅଛି। 5ରୁ କମ୍ ହେଲେ ଶତକଡ଼ା ଦେଖାଯାଏ ନାହିଁ।
programme-voided = ବାତିଲ ହୋଇଥିବା { $count }ଟି ଅଧ୍ୟୟନ ଗଣାଯାଇନାହିଁ।
programme-chart-films = ପ୍ରତି ସପ୍ତାହର ଫିଲ୍ମ, ଟିବି ସ୍କୋର ଅନୁସାରେ
programme-chart-cascade = ସନ୍ଦେହରୁ ନିଶ୍ଚିତ ହେବା ପର୍ଯ୍ୟନ୍ତ, ସପ୍ତାହ ଅନୁସାରେ
programme-numbers = ସେହି କଥା ସଂଖ୍ୟାରେ
programme-week = ସପ୍ତାହ
programme-by-site = କେନ୍ଦ୍ର ଅନୁସାରେ
programme-csv = ସ୍ପ୍ରେଡସିଟ୍ ପାଇଁ ତାଲିକା (CSV)
programme-table-below = ସଂଖ୍ୟାଗୁଡ଼ିକ ତଳେ ଅଛି।
programme-band-age = ବୟସ ବହୁତ କମ୍, କିମ୍ବା ବୟସ ଜଣା ନାହିଁ
programme-band-model = ନେଟୱାର୍କ କୌଣସି ନିଷ୍ପତ୍ତି ଦିଏ ନାହିଁ
programme-band-unsaid = ବକ୍ସ କାରଣ କହିନାହିଁ
programme-band-no_reading = ଏପର୍ଯ୍ୟନ୍ତ କୌଣସି ଫଟୋ ପଢ଼ାଯାଇପାରିନାହିଁ
programme-band-coming = ରିଡିଂ ଏପର୍ଯ୍ୟନ୍ତ ଆସିନାହିଁ
programme-look-quiet = { $days } ଦିନ ହେଲା କୌଣସି ଫିଲ୍ମ ନାହିଁ
    .next = କ୍ଲିନିକକୁ ଫୋନ୍ କରନ୍ତୁ: ବକ୍ସ ଚାଲୁଛି କି, ଆଲୋକ ଠିକ୍ ଅଛି କି, କାହାକୁ ସାହାଯ୍ୟ ଦରକାର କି?
programme-look-never = ଯୋଡ଼ା ହେବା ପରଠାରୁ କୌଣସି ଫିଲ୍ମ ନାହିଁ
    .next = କ୍ଲିନିକକୁ ଫୋନ୍ କରନ୍ତୁ: ବକ୍ସ ଲାଗିଛି କି, କେହି ଚଲାଇ ଜାଣନ୍ତି କି?
programme-look-refused = ଗତ 4 ସପ୍ତାହର ଫଟୋ { $share } ଗ୍ରହଣ ହୋଇନାହିଁ
    .next = ଗ୍ରହଣ ନ ହୋଇଥିବା ଗୋଟିଏ ଫଟୋ ମାଗନ୍ତୁ ଓ ସେଠାର ଲୋକଙ୍କ ସହ ସାହାଯ୍ୟ ପୃଷ୍ଠା ଦେଖନ୍ତୁ: ଆଲୋକ, ଦୂରତା, ସ୍ଥିର ହାତ।
programme-look-share = ଗତ 4 ସପ୍ତାହର ସ୍କୋର { $now } ସୀମାଠାରୁ ଉପରେ; ଏଠାରେ ସାଧାରଣତଃ { $usual }
    .next = କ’ଣ ବଦଳିଛି ପଚାରନ୍ତୁ: ଅନ୍ୟ ରୋଗୀ, ଅନ୍ୟ ଭ୍ୟୁଇଂ ବକ୍ସ କିମ୍ବା ଫୋନ୍, ଅନ୍ୟ ନେଟୱାର୍କ। କିଛି ଫିଲ୍ମ ଡାକ୍ତରଙ୍କୁ ଦେଖାନ୍ତୁ।
programme-look-undated = { $count }ଟି ଫିଲ୍ମର ନିଶ୍ଚିତ ତାରିଖ ନାହିଁ
    .next = ବକ୍ସର ଘଣ୍ଟା ମିଳାନ୍ତୁ, କିମ୍ବା ସମୟ ସର୍ଭର ସହ ଯୋଡ଼ନ୍ତୁ: ଆଲର୍ଟର ସମୟ ମଧ୍ୟ ମିଳୁନାହିଁ।
programme-more-sites = ଆଉ { $count }ଟି କେନ୍ଦ୍ର ଦେଖାଯାଇନାହିଁ: ଅନ୍ୟ ଘର ଅନୁସାରେ ସଜାନ୍ତୁ, କିମ୍ବା ତଳର ତାଲିକା ନିଅନ୍ତୁ।
programme-more-looks = ଆଉ { $count }ଟି ଦେଖାଯାଇନାହିଁ: ଗୋଟିଏ କେନ୍ଦ୍ର ବାଛନ୍ତୁ।
portal-state-unwell = ବକ୍ସରେ ଜଣେ ଲୋକ ଦରକାର
    .next = କ’ଣ ହୋଇଛି ତଳେ ଲେଖା ଅଛି। କ’ଣ କରିବେ ସେଠାର “ବକ୍ସର ସ୍ଥିତି” ପୃଷ୍ଠାରେ ଅଛି।
portal-box-models = ନେଟୱାର୍କ: { $models }
portal-box-passed-over = ବଛାଯାଇଥିବା ଯେଉଁ ନେଟୱାର୍କ ବ୍ୟବହାର ହୋଇପାରିଲା ନାହିଁ: { $count }
portal-box-hot = ବକ୍ସ ବହୁତ ଗରମ
