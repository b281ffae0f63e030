# French texts of Fieldray. Not yet checked by a clinician whose language this is.

## Frame of every page

app-name = Fieldray
skip-to-content = Aller au contenu
nav-worklist = Liste de travail
nav-operators = Utilisateurs
nav-help = Aide
nav-review = À signer
nav-about = À propos
language = Langue
log-out = Se déconnecter
logged-in-as = Session : { $name }
footer-not = Aide la personne qui décide. Les scores ne sont pas une décision sur un patient.
fault-code = Code { $code }
fault-next-title = Que faire maintenant
fault-back = Retour à la liste de travail
fault-title = Cela n’a pas fonctionné
form-fault-title = Veuillez vérifier le formulaire
time-local = { $day } { $month } { $year }, { $time }
time-unsynced = heure non confirmée
month-1 = janv.
month-2 = févr.
month-3 = mars
month-4 = avr.
month-5 = mai
month-6 = juin
month-7 = juil.
month-8 = août
month-9 = sept.
month-10 = oct.
month-11 = nov.
month-12 = déc.

## First start and login

setup-title = Configurer ce boîtier
setup-intro = Vous créez maintenant le premier compte. Il pourra ajouter d’autres utilisateurs plus tard.
setup-code = Code de première connexion
setup-code-help = Huit chiffres, sur la feuille livrée avec le boîtier. Un boîtier installé à la main les affiche sur sa console.
operator-name = Votre nom
pin = Code PIN
pin-help = Un code PIN de 4 à 12 chiffres, ou un mot de passe d’au moins 8 caractères. Gardez-le pour vous.
pin-again = Encore une fois le même
setup-submit = Configurer et se connecter
login-title = Connexion
login-who = Qui êtes-vous ?
login-submit = Se connecter
login-wait = Trop d’essais erronés : attendez { $seconds ->
        [one] { $seconds } seconde
       *[other] { $seconds } secondes
    }, puis réessayez.

## One's own account, and the phone that locks

passcode = Code PIN ou mot de passe
passcode-new = Nouveau code PIN ou mot de passe
login-letters = Mon mot de passe contient des lettres
nav-switch = Changer de personne
lock-title = Verrouillé
lock-who = { $name } : ce téléphone n’a pas servi depuis un moment. Écrivez votre code PIN ou mot de passe pour continuer.
lock-kept = Ce que vous aviez écrit est gardé et partira dès que vous déverrouillez.
lock-submit = Déverrouiller
passcode-title = Choisissez votre code PIN ou mot de passe
passcode-given = Le code PIN utilisé a été créé par une autre personne. Choisissez-en un que vous seul connaissez : il vaut votre nom.
passcode-intro = Il vaut votre nom. Si vous le changez, vos autres téléphones sont déconnectés.
passcode-old = Code PIN ou mot de passe actuel
passcode-submit = Enregistrer
account-title = Mon compte
account-passcode = Changer le code PIN ou mot de passe
account-passcode-chosen = Votre nouveau code PIN ou mot de passe est valable.
sessions-title = Appareils connectés
sessions-help = Déconnectez ce que vous ne reconnaissez pas ou n’utilisez plus.
sessions-none = Aucun en ce moment.
session-device = Appareil inconnu
session-here = ce téléphone
session-times = Connexion : { $opened }, dernière utilisation : { $seen }
session-end = Déconnecter cet appareil
session-ended = Cet appareil est déconnecté.
operator-title = Compte
operator-active = Cette personne peut se connecter.
operator-given = Cette personne doit choisir un code PIN ou mot de passe à la prochaine connexion.
operator-closed = Fermé : cette personne ne peut pas se connecter.
operator-own = C’est votre propre compte.
operator-role-submit = Enregistrer le rôle
operator-rename-submit = Enregistrer le nom
operator-reset = Code PIN ou mot de passe oublié
operator-reset-help = Donnez un code PIN pour une connexion. La personne en choisit alors un nouveau et reste déconnectée partout jusque-là.
operator-reset-submit = Donner ce code PIN
operator-close-help = La fermeture déconnecte aussitôt la personne partout. Tout ce qu’elle a fait reste sous son nom.
operator-close = Fermer le compte
operator-reopen-help = La personne peut de nouveau se connecter avec le même code PIN ou mot de passe.
operator-reopen = Rouvrir le compte

## After the film

followup-title = Suivi
followup-study-title = Examens et issue
followup-intro = Patients dont les clichés sont suspects, jusqu’à ce qu’un examen ou une issue tranche.
followup-none = Rien n’est en attente.
followup-overdue = Attend depuis trop longtemps
followup-waiting = En attente
followup-late = En retard
followup-more = { $count } patients sont en attente en tout ; ceux qui attendent depuis le plus longtemps sont affichés.
followup-open = En attente
followup-settled = Rien n’est en attente pour ce patient.
followup-films = { $count ->
        [one] Examen { $numbers }
       *[other] Examens { $numbers }
    }
followup-once = Ce qui est noté ici vaut pour tous les clichés de ce patient où la même question est en attente.
followup-by-box = par le boîtier, non confirmé par un médecin
followup-by-physician = par un médecin
followup-by-order = un examen a été demandé
followup-loop = Suspicion : { $suspicion }, { $who }, depuis { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    }
followup-entry = { $name }, { $time }
followup-order = Demander un examen
followup-order-help = Un toucher note que l’examen a été demandé. Ceux qui répondent à la suspicion viennent en premier.
followup-ordered = Demandé :
followup-result = Résultat
followup-correct = Corriger le résultat
suspicion-tuberculosis = tuberculose
suspicion-covid19 = COVID-19
suspicion-nodule = nodule ou masse
waits-order-tuberculosis = Aucun examen pour la tuberculose n’a été demandé
waits-order-covid19 = Aucun test COVID-19 n’a été demandé
waits-order-nodule = Aucun scanner n’a été demandé
waits-result = { $test } : pas encore de résultat
waits-repeat = { $test } : à refaire
waits-better = { $test } négatif, ce qui n’exclut rien : demandez { $better }
test-xpert = Xpert ou Truenat
test-smear = Bacilloscopie
test-rt_pcr = RT-PCR
test-rapid_antigen = Test antigénique rapide
test-ct = Scanner du thorax
result-positive = Positif
result-positive_resistant = Positif, résistant à la rifampicine
result-negative = Négatif
result-inconclusive = Douteux, à refaire
result-not_done = Non fait
result-ct-positive = Suspicion confirmée
result-ct-negative = Rien de suspect
outcome-title = Issue
outcome-none = Pas encore notée.
outcome-record = Noter l’issue
outcome-tb_confirmed = Tuberculose, confirmée par un examen
outcome-tb_clinical = Tuberculose, traitée sans résultat d’examen
outcome-covid19 = COVID-19
outcome-other_disease = Autre maladie
outcome-no_disease = Aucune maladie du thorax
outcome-referred = Adressé à un autre hôpital
outcome-lost = Patient injoignable
outcome-died = Patient décédé

## Alerts

alerts-title = Alertes
alerts-none = Aucune alerte n’est ouverte.
alerts-more = { $count } alertes sont ouvertes en tout ; les plus pressantes sont affichées.
alerts-recent = Prises en charge
alert-title = Alerte
alert-number = Alerte { $number }
alert-raised = Examen { $study }, trouvé : { $time }
alert-red = Personne n’a répondu
alert-siren = Personne n’a répondu à une alerte critique. Quelqu’un doit regarder maintenant.
alert-open-study = Ouvrir le cliché
alert-taken-by = Prise en charge par { $name }, { $time }, { $method }
alert-timeline = Déroulement
alert-messages = Messages
alert-messages-none = Aucun message n’est parti : personne n’est joignable.
alert-class-critical = critique, regarder maintenant
alert-class-suspect = regarder ce jour
alert-class-digest = dans le résumé quotidien
alert-repeat = Répétition : ce message est peut-être déjà arrivé.
alert-headline = Alerte { $number } { $site }
alert-study = Examen { $study }
alert-decides = Le boîtier signale un cliché. Une personne décide.
alert-sms = { $repeat ->
        [0] Alerte { $number } { $site } examen { $study }: { $class }. Répondez OK { $number }
       *[other] Répétition: alerte { $number } { $site } examen { $study }: { $class }. Répondez OK { $number }
    }
alert-taken-over = Alerte { $number } : prise en charge par { $name }, { $time }
alert-test = Message d’essai de { $site }. Il n’y a rien à faire.
alert-digest = { $site } : { $count ->
        [one] { $count } alerte ouverte
       *[other] { $count } alertes ouvertes
    }
alert-button-ack = Je m’en charge
alert-button-pass = Pas pour moi
alert-button-open = Ouvrir
alert-ack-yours = L’alerte { $number } est à vous.
alert-ack-others = L’alerte { $number } a déjà été prise en charge par { $name }.
alert-passed-on = Noté. La personne suivante est prévenue.
alert-not-understood = Écrivez OK et le numéro de l’alerte.
alert-event-raised = Trouvé
alert-event-queued = À prévenir
alert-event-sent = Message parti du boîtier
alert-event-delivered = Message arrivé au téléphone
alert-event-failed = Message non parti
alert-event-passed_on = Transmise
alert-event-acknowledged = Prise en charge
alert-event-resent = À renvoyer
alert-csv = Déroulement en tableau (CSV)
alert-json = Déroulement pour logiciels (JSON)
undelivered-title = Messages non arrivés
undelivered-help = Personne n’est peut-être au courant de ces alertes. Prévenez vous-même la personne, faites ce qui est écrit près du message, puis renvoyez-le.
undelivered-none = Chaque message d’une alerte ouverte est parti ou est encore essayé.
undelivered-before = Plus rien à faire : l’alerte a été prise en charge
undelivered-given-up = Abandonné
undelivered-tried = Essais en cours
undelivered-resend = Renvoyer
undelivered-again = Le message est essayé de nouveau.
undelivered-not-needed = Ce message n’est plus utile.
undelivered-other = Essai ou résumé quotidien
undelivered-count = { $count ->
        [one] { $count } message d’une alerte ouverte n’est pas arrivé. Voir que faire.
       *[other] { $count } messages d’alertes ouvertes ne sont pas arrivés. Voir que faire.
    }
month-title = Alertes du mois
month-of = Alertes de { $month }
month-help = Temps entre la photo et la réponse d’une personne, d’après l’horloge du boîtier.
month-before = Mois précédent
month-next = Mois suivant
month-none = Aucune alerte ce mois-ci.
month-csv = Chaque alerte en tableau (CSV)
month-pdf = En page à imprimer (PDF)
month-made = Établi : { $time }
month-alerts = Alertes
month-answered = Avec réponse d’une personne
month-unanswered = Pas encore de réponse
month-median = La moitié des réponses en
month-p90 = Neuf réponses sur dix en
month-within = En { $minutes } minutes au plus, comme voulu
month-within-hours = En { $hours } heures au plus, comme voulu
month-within-value = { $count } sur { $of }
month-minutes = { $count } min
month-escalated = D’autres ont dû être prévenus
month-undelivered = Messages non arrivés
month-untimed = Sans durée, car l’horloge a été réglée entre-temps
month-by = Réponses de { $name }
ack-page = sur le boîtier
ack-telegram = par Telegram
ack-sms = par SMS
ack-report = en signant le compte rendu
channel-telegram = Telegram
channel-sms = SMS
channel-unused = non configuré
channel-ready = configuré, rien envoyé encore
channel-last-sent = dernier message : { $time }
channel-waiting = { $count ->
        [one] { $count } message en attente
       *[other] { $count } messages en attente
    }
channel-set-up-fault = inutilisable : { $reason }
channel-fault-secret = le fichier { $subject } est illisible
channel-fault-address = { $subject } n’est pas l’adresse d’un service
channel-fault-client = la connexion n’a pas pu être préparée ({ $subject })
channel-fault-spool = le dossier { $subject } n’est pas celui d’un gammu-smsd en marche
channel-set-up-next = Configurez-la de nouveau sur la page « Voies des alertes » ; ou corrigez le fichier de réglages et redémarrez le boîtier.
way-title = Voies pour joindre les personnes
way-try = Essayer chaque voie maintenant
way-works = fonctionne
way-works-bot = fonctionne, le bot est @{ $name }
way-untried = n’a pas pu être essayé, { $reason }
way-receiver = { $way } à { $name } : { $reason }
way-token = le contenu de { $file } n’est pas le jeton d’un bot
    .next = Copiez de nouveau le jeton de BotFather : des chiffres, deux-points et une trentaine de lettres et de chiffres.
way-asleep = gammu-smsd ne prend pas les messages de { $folder }
    .next = Démarrez gammu-smsd, et vérifiez ses réglages et le modem.
message-queued = En attente
message-sending = En cours d’envoi
message-sent = Parti du boîtier
message-delivered = Arrivé au téléphone
message-dead = Abandonné
message-dropped = Plus nécessaire
message-tries = { $count ->
        [one] { $count } essai
       *[other] { $count } essais
    }
send-unreachable = pas de connexion au service
    .next = Vérifiez la liaison internet ou le modem. Les messages partiront d’eux-mêmes dès que cela marche.
send-busy = le service demande d’attendre
    .next = Il n’y a rien à faire : les messages partiront d’eux-mêmes.
send-garbled = la réponse du service n’a pas de sens
    .next = Vérifiez l’adresse du service dans les réglages.
send-unauthorised = le service refuse la clé
    .next = Écrivez le bon jeton ou mot de passe sur la page « Voies des alertes » ; ou dans son fichier, et redémarrez le boîtier.
send-no_such_receiver = le destinataire n’existe pas ou a bloqué l’expéditeur
    .next = Demandez à la personne de s’associer à nouveau ou de corriger le numéro.
send-refused = le service refuse ce message
    .next = Demandez au fournisseur du service.
send-not_set_up = cette voie n’est pas configurée
    .next = Configurez-la sur la page « Voies des alertes ».
send-tls = le certificat du service n’est pas valable, ou il ne parle pas TLS
    .next = Vérifiez http ou https au début de l’adresse, la date du boîtier et le certificat du service.
send-certificate_date = le certificat du service n’est pas valable à la date du boîtier
    .next = Réglez l’horloge du boîtier. Si la date est juste, prévenez le responsable du service.
send-server_error = le service signale une panne de son côté
    .next = Rien à faire pour l’instant : les messages sont essayés à nouveau. Si cela dure, demandez à qui gère le service.
send-no_bus = ModemManager ne répond pas
    .next = Vérifiez que D-Bus et ModemManager tournent sur le boîtier et que le boîtier a le droit de s’en servir.
send-no_modem = aucun modem capable d’envoyer n’est là
    .next = Branchez le modem et vérifiez son nom dans les réglages.
send-modem_hung = le modem ne répond pas ; le boîtier le redémarre
    .next = Si cela dure, débranchez le modem puis rebranchez-le.
send-no_network = le modem n’est sur aucun réseau
    .next = Vérifiez l’antenne, l’emplacement du boîtier et la validité de la carte SIM.
send-sim = la carte SIM manque ou est bloquée
    .next = Mettez la carte SIM et désactivez son code PIN dans un téléphone.
send-not_sent = le modem n’a pas pu envoyer le message
    .next = Vérifiez le numéro, le crédit de la carte SIM et le réseau. Le boîtier réessaie.
send-undelivered = le réseau n’a pas pu remettre le message
    .next = Vérifiez le numéro. Le téléphone est peut-être éteint ou hors de portée : la personne suivante est prévenue.
pair-done = Cette discussion est à vous. Les alertes arrivent ici.
pair-failed = Le code n’a pas pu être utilisé. Prenez-en un nouveau sur le boîtier.
groups-title = Groupes Telegram
groups-intro = Les alertes vont aussi dans ces groupes et nomment la personne de garde. Seules les personnes qui ont associé leur propre discussion peuvent y prendre une alerte en charge.
groups-none = Aucun groupe n’est associé.
groups-in = Les alertes arrivent ici.
groups-out = Le bot a été retiré de ce groupe : aucune alerte n’y arrive.
groups-out-next = Ajoutez à nouveau le bot au groupe.
groups-paired = Associé par { $name }, { $time }
groups-make = Créer un code
groups-code = Ajoutez le bot au groupe et écrivez-y ceci dans les 15 minutes :
groups-add = Ajouter le bot à un groupe
groups-forget = Retirer
groups-forgotten = Retiré.
group-pair-done = Ce groupe est associé. Les alertes arrivent aussi ici.
group-stranger = Seules les personnes qui ont associé leur propre discussion au boîtier peuvent répondre ici.
alert-responder = De garde : { $name }
system-group = Groupe Telegram { $title }
siren-title = Écran sirène
siren-help = Laissez cette page ouverte sur un écran du centre. Elle sonne quand personne ne répond à une alerte critique.
siren-sound = Activer le son
siren-quiet = Rien n’attend depuis trop longtemps.
rules-title = Règles d’alerte
rules-intro = Ce qui déclenche une alerte, et comment prévenir. Un changement compte une fois confirmé par une deuxième personne.
rules-waits = Attend une deuxième personne
rules-by = Proposé par { $name }, { $time }
rules-own = Une autre personne doit confirmer.
rules-history = Versions précédentes
rules-version = Version { $version } : { $proposed }. { $decided }
rules-was-confirmed = Confirmé par { $name }
rules-was-rejected = Rejeté par { $name }
rules-confirm = Confirmer
rules-reject = Rejeter
rules-propose = Proposer un changement
rules-none = Pas d’alerte
rules-from = Seulement dès ce score (vide : le seuil du réseau)
rules-rule-from = { $rule }, dès le score { $from }
rules-step = Minutes avant de prévenir la personne suivante
rules-quiet-from = Heures calmes dès (les alertes critiques passent quand même)
rules-quiet-until = Heures calmes jusqu’à
rules-budget = Alertes non critiques par jour et par personne
rules-digest = Heure du résumé quotidien
rules-detail = Les messages nomment le signe. D’autres peuvent lire discussions et SMS.
rules-picture = Les messages Telegram montrent une petite image du cliché. D’autres peuvent y lire un nom.
rules-roles = Qui est prévenu
rules-submit = Proposer
rules-proposed = Proposé. Une autre personne doit confirmer.
rules-confirmed = Les nouvelles règles sont valables.
rules-rejected = La proposition est rejetée.
rules-step-is = Personne suivante après { $minutes } minutes
rules-quiet-is = Calme de { $from } à { $until }
rules-budget-is = Au plus { $count } alertes non critiques par jour et par personne
rules-detail-minimal = Les messages ne nomment pas le signe
rules-detail-finding = Les messages nomment le signe
rules-picture-yes = Les messages Telegram montrent une petite image du cliché
rules-picture-no = Les messages ne montrent pas d’image
rules-roles-are = Prévenus : { $roles }
rules-hints = Seuls les signes que ce boîtier évalue peuvent déclencher une alerte. Un simple indice ne le fait jamais.
rules-idle = Valables mais sans effet, car le réseau utilisé n’évalue pas le signe :
forecast-title = Ce que ces règles donnent ici
forecast-proposal = Ce que votre changement donnerait ici
forecast-help = Le petit nombre vaut si la première personne répond toujours, le grand si personne ne répond. Les alertes critiques passent toujours, quelle que soit la limite.
forecast-see = Voir ce que cela donnerait
forecast-none = Aucun cliché lu dans les 28 derniers jours : on ne peut encore rien dire.
forecast-films = { $films } clichés des { $days } derniers jours, selon ces règles :
forecast-class = { $class } : { $mean } alertes par jour, { $most } le jour le plus chargé
forecast-person = { $name } : de { $low } à { $high } alertes par jour, au plus { $most } en un jour
forecast-digest = Seulement dans le résumé quotidien, car chacun avait atteint sa limite : { $count }
contact-title = Comment me joindre
contact-of = Comment joindre { $name }
contact-phone = Numéro de mobile
contact-phone-help = Avec l’indicatif du pays, par exemple +91 98765 43210. Laissez vide pour ne pas recevoir de SMS.
contact-order = Place dans l’ordre : le plus petit numéro est prévenu en premier
contact-duty = Heures de service
contact-duty-help = Laissez vide un jour de repos. Laissez tous les jours vides si vous êtes toujours de service. Une nuit compte pour le jour où elle commence.
day-monday = Lundi
day-tuesday = Mardi
day-wednesday = Mercredi
day-thursday = Jeudi
day-friday = Vendredi
day-saturday = Samedi
day-sunday = Dimanche
contact-duty-from = de
contact-duty-until = à
contact-all = Me prévenir aussi de ce qui n’est pas critique
contact-submit = Enregistrer
contact-saved = Enregistré.
contact-no-telegram = Ce boîtier n’utilise pas Telegram.
contact-paired = Une discussion vous est associée.
contact-unpaired = Aucune discussion ne vous est associée.
contact-code = Envoyez ce code au bot dans les 15 minutes :
contact-open-bot = Ouvrir le bot
contact-pair = Associer une discussion
contact-test-help = Envoyez-vous un message d’essai par chaque voie.
contact-test = Envoyer un essai
contact-tested = Un message d’essai est en route.
people-title = Qui est prévenu
people-help = Toutes les personnes joignables, dans l’ordre ; celles de service d’abord. Envoyez de temps en temps un essai à chacune.
people-none = Personne n’a encore dit comment être joint.
people-gaps = Personne n’est de service
people-gaps-help = Les alertes partent quand même, dans l’ordre de la liste.
people-span = { $from } à { $until }
people-always = Toujours de service
people-on-duty = De service maintenant
people-off-duty = Pas de service maintenant
people-place = Place { $place }
people-all = toutes les alertes
people-critical = seulement les alertes critiques
people-untold = Les règles d’alerte ne préviennent personne ayant ce rôle.
people-no-way = Aucun moyen de la joindre
people-untested = jamais essayé
people-test-was = essai { $time } : { $state }
people-test = Envoyer un essai à { $name }
people-tested = Un message d’essai part vers cette personne.
people-change = Changer le numéro et les heures

## The box, for people who look after it

system-title = État du boîtier
system-intro = État actuel du boîtier. Rien sur les patients n’est affiché ici.
system-well = En ordre
system-unwell = À vérifier
system-unused = Pas utilisé
system-networks-none = Aucun réseau ne lit les clichés : { $reason }
system-networks-next = Les clichés sont gardés et attendent. Dites à l’assistance ce qui est écrit ici.
system-disk = { $count } Mio libres sur le disque
system-disk-next = Bientôt plus aucune photo ne pourra être prise. Branchez un plus grand disque ou demandez à l’assistance de déplacer les anciens clichés.
system-waiting = { $count ->
        [one] { $count } photo attend d’être lue
       *[other] { $count } photos attendent d’être lues
    }
system-held = { $count ->
        [one] { $count } cliché retenu car une étape a échoué
       *[other] { $count } clichés retenus car une étape a échoué
    }
system-undelivered = Messages d’alertes ouvertes non arrivés : { $count }
system-undelivered-next = Quelqu’un du centre ouvre « Alertes » puis « Messages non arrivés » : ce qu’il faut faire y est écrit.
system-held-next = Quelqu’un du centre ouvre chacun et appuie sur « Réessayer ».
system-clock-synced = L’horloge est confirmée
system-clock-unsynced = L’horloge n’est pas confirmée
system-clock-next = Les heures portent cette mention jusqu’à ce que le boîtier trouve un serveur de temps ou que son horloge soit réglée.
system-pack-passed-over = Un réseau choisi n’est pas utilisé : { $reason }
system-pack-next = Installez-le à nouveau ou choisissez-en un autre.
system-board = Carte : { $board }
system-heat-unknown = Cette machine ne mesure pas sa température
system-heat-fine = { $degrees } °C à l’intérieur
system-heat-warm = { $degrees } °C à l’intérieur : chaud, mais acceptable
system-heat-hot = { $degrees } °C à l’intérieur : trop chaud
system-heat-next = Mettez le boîtier à l’ombre, dégagez ses ouvertures, enlevez la poussière. Il travaille plus lentement jusqu’à ce qu’il refroidisse.
system-storage-well = Le stockage est en ordre
system-storage-life = Le stockage est en ordre ; au moins { $percent } % de sa durée de vie est consommé
storage-read-only = Rien ne peut être écrit sur le stockage
    .next = Redémarrez le boîtier. Si cela reste ainsi, prévenez l’assistance : le stockage est peut-être défaillant.
storage-not-kept = Les données sont en mémoire et seront perdues à la prochaine coupure
    .next = Ne prenez aucun cliché sur ce boîtier. Prévenez l’assistance.
storage-writeback = Le stockage est réglé de telle sorte qu’une coupure peut abîmer des données
    .next = Prévenez l’assistance : la partition des données doit être montée avec data=ordered.
storage-no-journal = Le stockage n’a pas de journal ; une coupure peut abîmer des données
    .next = Prévenez l’assistance : la partition des données doit être refaite avec un journal (ext4).
storage-no-barrier = Le stockage est réglé de telle sorte qu’une coupure peut perdre ce qui était confirmé
    .next = Prévenez l’assistance : les barrières d’écriture doivent être activées.
storage-filesystem-errors = Le système de fichiers a trouvé des erreurs
    .next = Faites une sauvegarde maintenant et prévenez l’assistance.
storage-worn-out = Le stockage est usé
    .next = Faites une sauvegarde maintenant. Dites à l’assistance qu’il faut remplacer le stockage.
storage-wearing = Le stockage a consommé la plus grande partie de sa durée de vie
    .next = Demandez à l’assistance de prévoir un remplacement dans les prochains mois.
storage-sd-card = Les données sont sur une carte SD ; beaucoup de cartes perdent des données à la coupure
    .next = Ne retirez jamais la carte. Demandez à l’assistance un stockage intégré ou un disque NVMe.
system-gpu-serving = Le GPU calcule : { $detail }
system-gpu-preparing = Le GPU est en préparation ({ $detail }) ; en attendant, le CPU lit
system-gpu-absent = Le CPU lit ; aucun GPU utilisable ici : { $detail }
system-gpu-refused = Le CPU lit, car le GPU a été refusé : { $detail }
system-gpu-withdrawn = Le CPU lit, car le GPU a échoué : { $detail }
system-gpu-next = Les lectures se font comme avant, seulement plus lentement. Redémarrez le boîtier une fois ; si ce message reste, dites à l’assistance ce qui est écrit ici.
system-gpu-untried = Les auteurs de ce programme ne l’ont pas fait tourner sur un GPU ni sur un Jetson. Ses réponses ont été comparées à celles du CPU au démarrage.
update-title = Mise à jour du boîtier
update-open = Mises à jour
update-none = Aucune nouvelle version n’est prête. Elle arrive seule quand le boîtier est en ligne, ou sur une clé de l’assistance.
update-impossible = Ce boîtier n’est pas préparé pour les mises à jour. L’assistance peut le faire.
update-offer = La version { $version } est prête
update-size = Taille : { $count } Mio
update-failed-before = Le boîtier a déjà essayé cette version et est revenu à l’ancienne. Demandez d’abord à l’assistance.
update-what = Le boîtier essaie d’abord la nouvelle version sur une copie de tout. Puis il redémarre et ne montre aucune page pendant quelques minutes. Clichés et comptes rendus restent. Si la nouvelle version ne démarre pas, le boîtier revient seul à l’ancienne. Faites-le quand aucun patient n’attend.
update-agree = Je suis d’accord : le boîtier peut être mis à jour maintenant
update-submit = Mettre à jour maintenant
update-back = Retour à l’état du boîtier
update-wait = Laissez le boîtier allumé. En cas de coupure de courant, rien n’est perdu.
update-look = Regarder de nouveau
update-phase-asked = Version { $version } : en attente
update-phase-unpacking = Version { $version } : vérification du fichier
update-phase-copying = Version { $version } : copie de la base de données
update-phase-trying = Version { $version } : essai de la nouvelle version sur la copie
update-phase-switching = Version { $version } : le boîtier redémarre
update-phase-done = La version { $version } fonctionne
update-phase-refused = La version { $version } n’a pas été installée. Rien n’a changé.
update-phase-went-back = La version { $version } n’a pas démarré ici. Le boîtier est revenu à l’ancienne version ; rien n’est perdu.
update-reason-other-machine = Le fichier est fait pour un autre type de boîtier.
update-reason-in-use = Cette version fonctionne déjà.
update-reason-older = Le fichier contient une version plus ancienne que celle qui fonctionne.
update-reason-from-too-old = La version actuelle est trop ancienne pour ce fichier. Demandez à l’assistance la version intermédiaire.
update-reason-from-too-new = La version actuelle est plus récente que ce que ce fichier attend.
update-reason-database-newer = Cette version ne connaît pas la base de données du boîtier.
update-reason-damaged = Le fichier est abîmé. Copiez-le de nouveau.
update-reason-signature = Le fichier n’est signé par personne en qui ce boîtier a confiance. Ne l’utilisez pas ; prévenez l’assistance.
update-reason-space = Il y a trop peu de place sur le disque.
update-reason-trial = La nouvelle version a échoué lors de l’essai sur la copie. Prévenez l’assistance.
update-reason-under-way = Une autre mise à jour n’est pas terminée. Attendez quelques minutes.
update-reason-failed = Quelque chose a échoué sur le boîtier. Prévenez l’assistance.
update-coming = La version { $version } arrive du portail : { $percent } % sont là
update-no-room = La version { $version } attend sur le portail : il y a trop peu de place sur le disque
update-from-portal = { $name }, du portail, la propose.
update-decline = Pas cette version
update-choice-title = Versions du portail
update-choice-help = Le boîtier ne montre aucune page pendant quelques minutes quand il change de version. Les gens du centre décident quand, jamais le portail.
update-choice-ask = Quand quelqu’un a donné son accord sur cette page
update-choice-at_night = La nuit, sans demander, quand le centre est fermé et que personne n’utilise les pages
models-title = Nouveau réseau
models-new = Le réseau { $id } { $version } attend
models-figures = { $films } clichés ont été évalués de nouveau. { $flips } résultats sur { $calls } changeraient.
models-few = Il y a trop peu de clichés sur ce boîtier pour dire seul si le nouveau réseau s’accorde avec l’actuel. Un médecin décide.
models-many = Pour un des signes, plus de deux résultats sur cent changeraient. Un médecin décide.
models-added = Le nouveau réseau évalue ce que l’actuel n’évaluait pas sur ces clichés : { $findings }. Un médecin décide.
models-remapped = Le seuil a été placé pour que le nouveau réseau trouve autant de cas confirmés de ce centre que l’actuel : { $findings }.
models-flips-title = Ce qui changerait
models-confirmed = confirmé
models-old = Actuel
models-now = Nouveau
models-call = { $call } : score { $score }, seuil { $threshold }
models-not-assessed = Non évalué
models-more = { $count } autres résultats changeraient.
models-looked = J’ai regardé ce qui changerait
models-use = Lire avec le nouveau réseau
models-refuse = Garder le réseau actuel
models-none = Aucun nouveau réseau n’attend de décision.
models-back-title = Réseau précédent
models-back-help = Si le réseau actuel lit moins bien que le précédent, revenez en arrière. Les clichés déjà lus gardent leurs résultats.
models-back = Revenir au réseau précédent
models-waits = Un nouveau réseau attend votre décision
support-title = Aide de l’assistance
support-open = Montrer l’état du boîtier à l’assistance
support-what-title = Ce que voit l’assistance
support-in = Dans le fichier : versions, réglages sans secrets, nombres de clichés et de comptes rendus, ce qui s’est passé et quand, erreurs, disque, mémoire et température.
support-not-in = Pas dans le fichier : noms, numéros de patients, clichés, comptes rendus, notes, numéros de téléphone, codes et mots de passe.
support-how = Le fichier est fermé de sorte que seule l’assistance peut l’ouvrir. Si le boîtier a un portail, il y part quand le boîtier est en ligne ; vous pouvez aussi le porter. Personne n’entre dans le boîtier.
support-ready-title = Le fichier est prêt
support-ready = Vous pouvez le donner à l’assistance sur une clé ou par courriel. À la fin du délai, le boîtier et le portail le suppriment.
support-carry = Enregistrer le fichier
support-end = Retirer l’accord et supprimer le fichier
support-impossible = Ce boîtier n’a pas de clé de l’assistance. Rien ne peut être préparé pour elle ici.
support-agree-title = Donner son accord
support-until = Pour combien de temps
support-hours = { $count } heures
support-agree = Je suis d’accord : l’assistance peut voir cela pendant ce temps
support-submit = Donner mon accord et créer le fichier
support-log-title = Qui a donné son accord
support-log = { $name } : du { $from } au { $until }
support-log-ended = { $name } : du { $from }, retiré le { $until }
support-way-waiting = attend le portail
support-way-arrived = le portail l’a depuis le { $time }
support-way-removed = le portail l’a supprimé

## Worklist

worklist-title = Liste de travail
new-patient = Nouveau patient
worklist-filter = Afficher
worklist-all = Tous
worklist-empty = Il n’y a aucun examen ici.
worklist-empty-next = Appuyez sur « Nouveau patient » pour enregistrer un patient.
worklist-newer = Page précédente
worklist-older = Page suivante
worklist-list = Examens, d’abord ceux qui demandent une intervention
worklist-find = Nom, n° du centre ou de l’examen
worklist-find-short = Nom ou numéro
worklist-find-submit = Chercher
worklist-narrow = Affiner la liste
worklist-by-day = Enregistré
worklist-by-urgency = Degré d’urgence
worklist-any-urgency = Toute urgence
worklist-any-day = Tous les jours
worklist-today = Aujourd’hui
worklist-week = 7 derniers jours
worklist-one-day = Un jour précis
worklist-show = Afficher
worklist-lists = Listes
worklist-retake = À reprendre
worklist-physician = Attendent un médecin
worklist-everything = Afficher tous les examens
worklist-clock = L’horloge de ce boîtier n’est pas confirmée : les jours peuvent être faux. Regardez aussi sous « Tous les jours ».
worklist-pages = Page à afficher
patient-line = { $sex }, { $age }
age-years = { $years ->
        [one] { $years } an
       *[other] { $years } ans
    }
age-unknown = âge non connu
local-id-label = N° { $id }
study-number = Examen { $number }
headline = { $finding } : { $call }

## New patient

register-title = Nouveau patient
patient-name = Nom du patient
local-id = Numéro du patient au centre de santé
local-id-help = Comme dans le registre ou sur la carte du patient. Peut être omis.
sex = Sexe
age = Âge
age-title = Âge, ou année de naissance
age-help = Remplissez l’un des deux.
age-in-years = Âge en années
birth-year = Année de naissance
register-submit = Enregistrer et photographier
register-cancel = Annuler

## Wrong fields

field-name = Écrivez un nom de 1 à 120 caractères.
field-name-taken = Un autre utilisateur porte ce nom : ajoutez un deuxième nom ou une initiale.
field-local_id = Écrivez le numéro du centre de santé, 40 caractères au plus, ou laissez-le vide.
field-sex = Choisissez une des réponses. « Non connu » est permis.
field-age-missing = Écrivez l’âge ou l’année de naissance. Un score ne s’affiche que si l’âge est connu.
field-age-both = Écrivez l’âge ou l’année de naissance, pas les deux.
field-age-range = Écrivez l’âge en nombre entier, de 0 à 120.
field-birth-year-range = Écrivez l’année de naissance avec quatre chiffres, de { $first } à { $last }.
field-pin = Choisissez 4 à 12 chiffres pas tous identiques, ou au moins 8 caractères.
field-pin_again = Les deux sont différents. Écrivez deux fois le même.
field-code = Écrivez le code de première connexion que le boîtier a affiché sur sa console.
field-operator = Choisissez votre nom.
field-role = Choisissez ce que l’utilisateur peut faire.

## Study

study-title = Examen { $number }
study-registered = Enregistré : { $time }
next-title = Que faire
no-reading = Pas de lecture
no-reading-yet = Pas encore de lecture
upload-title = Photo du cliché
upload-more-title = Ajouter une autre photo
upload-how = Tenez le téléphone bien droit devant le négatoscope. Le cliché entier doit être sur la photo, net et sans reflets.
upload-help = Comment prendre une bonne photo
upload-camera = Prendre une photo
live-title = Caméra avec conseils
live-close = Fermer
live-shutter = Prendre
upload-gallery = Choisir dans le téléphone
upload-send = Envoyer la photo
upload-hold = Cette page se recharge sans cesse pendant la lecture d’une photo. Appuyez ici avant de choisir une autre photo.
upload-known = Cette photo était déjà sur le boîtier. Rien n’a été ajouté.
viewer-title = Radiographie
viewer-alt = Radiographie, redressée à partir de la photo
viewer-no-reading = Affichée pour que vous puissiez vérifier la photo. Ce n’est pas une lecture.
heatmap-alt = Carte de chaleur sur la radiographie : { $finding }
heatmap-title = Carte de chaleur
heatmap-help = Une carte de chaleur montre où le modèle a regardé. Elle ne trace pas le contour d’une anomalie. Elle reste vide là où rien sur le cliché n’est en faveur de l’anomalie.
heatmap-none = Aucune
heatmap-show = Carte de chaleur : { $finding }
heatmap-opacity = Intensité de la carte de chaleur
heatmap-hint = indice
lungs-show = Poumons et zone atteinte
lungs-alt = Contours des deux poumons, avec des hachures sur ce qui est compté comme atteint
lungs-help = Les lignes bleues sont les poumons tels que le réseau les a délimités. Les hachures sont ce qu’il compte comme atteint.
viewer-photo = La photo telle qu’elle a été prise
viewer-photo-alt = La photo du cliché, telle qu’elle a été prise
viewer-zoom-in = Agrandir
viewer-zoom-out = Réduire
viewer-invert = Inverser
viewer-reset = Rétablir
viewer-full = Plein écran
viewer-level = Niveau (luminosité)
viewer-window = Fenêtre (contraste)
viewer-adjust = Fenêtre et niveau
viewer-keys = Glissez pour déplacer, pincez ou tournez la molette pour zoomer, touchez deux fois pour un zoom rapide.
scores-title = Scores
scores-help = Un score de 0 à 1 pour chaque anomalie, avec le seuil du modèle. La bande grise autour du seuil signifie : trop proche pour se prononcer.
score-label = score { $score }
threshold-label = seuil { $threshold }
score-bar = { $finding } : score { $score }, seuil { $threshold }, { $call }
hints-title = Indices (preuve faible)
hints-help = Le modèle n’a pas été assez bien testé sur ces anomalies. Un indice ne change jamais l’urgence.
hint-mark = indice (preuve faible)
legend-score = score
legend-threshold = seuil
legend-band = trop proche pour se prononcer
not-assessed-title = Non évalué
not-assessed-help = Le boîtier ne dit rien sur ces anomalies. L’absence de score ne signifie pas que l’anomalie est absente.
glare-on-lungs = Des reflets couvrent { $share } % des poumons. Ce qui se trouve dessous ne peut pas être jugé.
lung-share-title = Part de poumon avec opacité
lung-share = { $both } % des deux poumons ensemble : poumon droit { $right } %, poumon gauche { $left } %. Une autre photo de ce cliché peut donner de { $low } à { $high } %.
lung-share-help = Part de la surface sur l’image, pas du volume. Apprise sur des opacités dessinées : un médecin juge de quoi il s’agit.
not-assessed-lung-share = Part de poumon atteinte
not-assessed-lung-share-reason = Les poumons n’ont pas été délimités dans cette lecture.
not-assessed-not-in-model = Le modèle de ce boîtier ne donne pas de score pour cela.
not-assessed-channel = Les scores du modèle n’ont pas été vérifiés sur des photos de clichés.
not-assessed-below-age = Le patient a, ou a peut-être, moins de { $min } ans, et le modèle n’a été vérifié qu’à partir de cet âge.
not-assessed-age-unknown = L’âge n’est pas connu, et le modèle n’a été vérifié qu’à partir de { $min } ans.
remarks-title = Remarques sur la photo
remarks-none = Aucune remarque : le cliché et la photo étaient assez bons, et le cliché était à l’endroit.
orientation-90 = Sur la photo, le cliché était tourné de 90°. Le boîtier l’a remis à l’endroit.
orientation-180 = Sur la photo, le cliché avait la tête en bas. Le boîtier l’a remis à l’endroit.
orientation-270 = Sur la photo, le cliché était tourné de 270°. Le boîtier l’a remis à l’endroit.
orientation-mirrored = Le cliché a été considéré comme vu par l’arrière, et le boîtier l’a inversé en miroir. Vérifiez le repère de côté : sa lettre doit se lire à l’endroit.
orientation-inverted = L’échelle de gris était inversée. Le boîtier l’a rétablie : les os sont en blanc.
mirror-doubtful = Le boîtier ne sait pas avec certitude si le cliché a été vu par l’arrière.
    .next = Vérifiez le repère de côté (D/G ou R/L) sur le cliché avant de vous fier aux côtés.
age-doubtful = Le cliché ressemble à celui d’un petit enfant, mais le patient est enregistré comme plus âgé.
    .next = Vérifiez que c’est bien le cliché de ce patient avant que quelqu’un utilise les scores.
same-film-this = Une photo de cet examen montre un cliché qui semble être le même que celui de l’examen { $number } de ce patient.
    .next = Ouvrez l’examen { $number }, regardez les deux clichés, et dites ici si c’est le même.
same-film-another = Une photo de cet examen montre un cliché qui semble être le même que celui de l’examen { $number }, enregistré pour un autre patient.
    .next = Comparez les deux clichés et les noms qu’ils portent avant que quelqu’un utilise les scores. Puis dites ici si c’est le même cliché.
same-film-same-this = C’est le même cliché que dans l’examen { $number } de ce patient.
    .next = Rien d’autre à faire : les deux examens restent séparés et gardent chacun leur lecture.
same-film-same-another = C’est le même cliché que dans l’examen { $number }, enregistré pour un autre patient. L’un des deux noms est faux.
    .next = Cherchez à qui est ce cliché, et prévenez le médecin avant que quelqu’un utilise les scores de l’un ou l’autre examen.
same-film-other = Le cliché ressemble à celui de l’examen { $number }, mais c’est un autre cliché.
    .next = Rien d’autre à faire.
same-film-answered = Indiqué par { $name }, { $time }.
same-film-open = Ouvrir l’examen { $number }
same-film-yes = C’est le même cliché
same-film-no = C’est un autre cliché
same-film-change = Changer la réponse
report-title = Brouillon du compte rendu
report-help = Écrit par le boîtier. Un médecin décide et signe.
photos-title = Photos
photos-none = Pas encore de photo.
photo-number = Photo { $number }
photo-received = Reçue : { $time }
photo-original = Télécharger la photo d’origine
photo-retry = Réessayer
photo-correct = Corriger le contour ou les côtés
photo-corrected = Une personne a indiqué comment le cliché est placé sur cette photo.

## Correcting how a film lies in its photo

correct-title = Corriger le cliché
correct-photo = La photo, avec le contour du cliché
correct-corners = Coins du cliché
correct-corners-help = Faites glisser chacune des quatre marques sur un coin du cliché.
correct-corners-missing = Le boîtier n’a pas trouvé de cliché ici. Faites glisser chacune des quatre marques sur un coin du cliché.
correct-numbers = Coins en chiffres
correct-numbers-help = Pourcentage de la largeur et de la hauteur de la photo, depuis son coin supérieur gauche.
correct-right = vers la droite
correct-down = vers le bas
correct-move = Faites glisser, ou utilisez les touches fléchées.
corner-top-left = En haut à gauche
corner-top-right = En haut à droite
corner-bottom-right = En bas à droite
corner-bottom-left = En bas à gauche
correct-turn = Haut du cliché
correct-turn-help = Vers quel bord de la photo sont les épaules du patient ?
turn-0 = En haut
turn-90 = À droite
turn-180 = En bas
turn-270 = À gauche
correct-shown = Comment le cliché apparaît
correct-mirrored = Vu par l’arrière
correct-mirrored-help = Les lettres et le repère de côté se lisent à l’envers.
correct-inverted = Les os sont foncés
correct-inverted-help = Les poumons sont clairs et les os foncés, comme sur certains écrans.
correct-submit = Relire la photo
correct-cancel = Laisser tel quel
photo-in-use = La lecture vient de cette photo.
photo-better = La meilleure photo : elle a moins de remarques, ou des remarques plus légères.
again-title = Une deuxième photo aiderait
again-help = Les deux lectures sont gardées et comparées. La plus urgente compte.
again-take = Prendre une deuxième photo
repeat-title = Photos comparées
repeat-help = Le boîtier lit chaque photo d’un cliché séparément. Ceci montre à quel point les scores se répètent.
repeat-one = { $readings ->
        [2] Deux photos
       *[other] { $readings } photos
    } de ce cliché : les scores diffèrent d’au plus { $difference } ; { $agreement }.
repeat-agree = { $readings ->
        [2] Deux photos
       *[other] { $readings } photos
    } de ce cliché : les scores diffèrent d’au plus { $difference }. Tous les résultats concordent.
repeat-differ = { $readings ->
        [2] Deux photos
       *[other] { $readings } photos
    } de ce cliché : les scores diffèrent d’au plus { $difference }. Les résultats ne concordent pas.
repeat-other-model = { $readings ->
        [2] Deux photos
       *[other] { $readings } photos
    } de ce cliché ont été lues par des modèles différents : leurs scores ne peuvent pas être comparés.
repeat-same = { $readings ->
        [2] les deux fois { $call }
       *[other] chaque fois { $call }
    }
repeat-calls-differ = les résultats ne concordent pas
repeat-finding = Les scores diffèrent d’au plus { $difference } ; { $agreement }
repeat-reading = Photo { $number } : { $score }, { $call }
repeat-doubt = Les photos de ce cliché ne concordent pas : { $findings }.
    .next = Un médecin doit voir le cliché lui-même. Vérifiez que chaque photo montre le cliché de ce patient.
steps-title = Étapes
step-done = fait
step-now = en cours
step-waiting = en attente
step-failed = échec
step-stopped = non fait
model-line = Modèle { $model } sur { $backend }

## States of a study

state-registered = Pas encore de photo
    .what = Le patient est enregistré. Il n’y a pas encore de photo du cliché.
    .next = Photographiez le cliché maintenant.
state-processing = Lecture en cours
    .what = La photo est en sécurité sur le boîtier ; sa lecture est en cours.
    .next = Attendez quelques secondes : cette page change toute seule. Vous pouvez aussi passer au patient suivant.
state-retake_asked = Photo à refaire
    .what = La photo n’est pas assez bonne pour être lue ; il n’y a donc pas de scores.
    .next = Prenez une nouvelle photo du même cliché. Suivez les conseils ci-dessous.
state-held = Intervention nécessaire
    .what = Une étape a échoué sur le boîtier. La photo est en sécurité, mais il n’y a pas de scores.
    .next = Faites ce qui est écrit près de la photo ci-dessous, puis appuyez sur « Réessayer ».
state-reported = Lu
    .what = Le boîtier a lu la radiographie.
    .next = Un médecin regarde le cliché et décide.
state-signed = Signé
    .what = Un médecin a signé le compte rendu.
    .next = Rien d’autre à faire ici.
state-voided = Annulé
    .what = Cet examen a été enregistré par erreur. Il n’a pas de lecture.
    .next = Enregistrez de nouveau le patient si un cliché doit être lu.

## States of a photo

photo-captured = Enregistrée, en attente de lecture
photo-digitised = Cliché trouvé et redressé
photo-accepted = Qualité suffisante, calcul des scores
photo-scored = Scores calculés, rédaction du compte rendu
photo-reported = Lue
photo-refused = Qualité insuffisante : à refaire
photo-held_digitise = Arrêt pendant la recherche du cliché
photo-held_grade = Arrêt pendant le contrôle de la qualité
photo-held_score = Arrêt pendant le calcul des scores
photo-held_draft = Arrêt pendant la rédaction du compte rendu

stage-stored = Mise en sécurité sur le boîtier
stage-digitise = Trouver le cliché et le redresser
stage-grade = Contrôler la qualité
stage-score = Calculer les scores
stage-draft = Rédiger le brouillon du compte rendu

## Urgency

urgency-urgent = Urgent
    .what = Le score d’une anomalie qui ne doit pas attendre est au-dessus de son seuil.
    .next = Montrez ce cliché à un médecin maintenant.
urgency-soon = Semi-urgent
    .what = Le score d’une anomalie est au-dessus de son seuil ou trop proche pour se prononcer, ou bien aucune anomalie n’a pu être évaluée.
    .next = Montrez ce cliché à un médecin aujourd’hui.
urgency-routine = Routine
    .what = Aucune anomalie évaluée n’est au-dessus de son seuil. Cela n’exclut pas une maladie.
    .next = Faites lire le cliché par un médecin dans l’ordre habituel. Si le patient semble malade, n’attendez pas.

## Findings

finding-tuberculosis = Aspect compatible avec une tuberculose
finding-covid19 = Aspect de type COVID-19
finding-pneumonia = Opacité de type pneumonie
finding-effusion = Épanchement pleural
finding-cardiomegaly = Aspect de cardiomégalie
finding-abnormal = Anomalie, quelle qu’elle soit
finding-pneumothorax = Pneumothorax
finding-nodule = Nodule
finding-mass = Masse
finding-atelectasis = Atélectasie
finding-consolidation = Condensation
finding-infiltration = Infiltrat
finding-edema = Œdème pulmonaire
finding-pleural_thickening = Épaississement pleural
finding-fibrosis = Fibrose
finding-emphysema = Emphysème
finding-hernia = Hernie hiatale
finding-lung_lesion = Nodule ou masse
finding-lung_opacity = Opacité pulmonaire
finding-enlarged_cardiomediastinum = Silhouette cardio-médiastinale élargie
finding-fracture = Fracture

call-above = au-dessus du seuil
call-below = en dessous du seuil
call-indeterminate = trop proche du seuil pour se prononcer

evidence-assessed = évalué
evidence-hint = indice (preuve faible)

sex-female = Féminin
sex-male = Masculin
sex-other = Autre
sex-unknown = Non connu

role-technician = Technicien
    .help = Enregistre les patients et photographie les clichés.
role-physician = Médecin
    .help = Lit les clichés, rédige et signe les comptes rendus.
role-administrator = Administrateur
    .help = Peut aussi ajouter des utilisateurs.
role-support = Assistance
    .help = Entretient le boîtier. Ne voit aucun patient.

backend-tract = tract (CPU)
backend-tensorrt = TensorRT

side-right = droit
side-central = central
side-left = gauche
zone-upper = supérieur
zone-middle = moyen
zone-lower = inférieur

## What is wrong with a photo

issue-blur = La photo est floue.
    .next = Tenez le téléphone à deux mains, touchez le cliché à l’écran pour faire la mise au point, et attendez que l’image soit nette.
    .remark = La photo est un peu floue : de petites anomalies peuvent passer inaperçues.
issue-glare = Un reflet couvre une partie du cliché.
    .next = Éteignez la lumière de la pièce ou placez-vous de façon qu’aucune lampe ni fenêtre ne se reflète dans le cliché.
    .remark = Il y a un petit reflet sur le cliché : regardez cette zone sur le cliché lui-même.
issue-underexposed = La photo est trop sombre.
    .next = Allumez le négatoscope, ou touchez à l’écran la zone sombre des poumons pour que le téléphone éclaircisse la photo.
    .remark = La photo est plutôt sombre : les zones sombres montrent peu de détails.
issue-overexposed = La photo est trop claire.
    .next = Touchez à l’écran la partie la plus claire du cliché pour que le téléphone assombrisse la photo.
    .remark = La photo est plutôt claire : les zones claires montrent peu de détails.
issue-cut_off = Une partie du cliché est hors de la photo.
    .next = Reculez jusqu’à ce que les quatre coins du cliché soient sur la photo.
    .remark = Un bord du cliché est proche du bord de la photo : vérifiez que rien n’est coupé.
issue-occluded = Une main ou un objet couvre une partie du cliché.
    .next = Enlevez les pinces, les mains et les papiers du cliché.
    .remark = Un petit objet couvre un bord du cliché : regardez cette zone sur le cliché lui-même.
issue-backlight = Quelque chose derrière le cliché se voit au travers, ou la lumière derrière lui est inégale.
    .next = Mettez le cliché sur le négatoscope, ou devant une lumière blanche et uniforme.
    .remark = La lumière derrière le cliché est inégale : regardez cette zone sur le cliché lui-même.
issue-too_small = Le cliché est trop petit sur la photo.
    .next = Approchez-vous jusqu’à ce que le cliché remplisse presque toute la photo.
    .remark = Le cliché est plutôt petit sur la photo : de petites anomalies peuvent passer inaperçues.
issue-not_chest_film = Le cliché ne ressemble pas à une radiographie thoracique.
    .next = Vérifiez que c’est un cliché thoracique de ce patient, puis photographiez-le à l’endroit.
    .remark = Le cliché ne ressemble pas tout à fait à une radiographie thoracique habituelle : vérifiez le cliché.
issue-lateral = Le cliché montre le thorax de profil.
    .next = Photographiez le cliché de face.
    .remark = Le cliché montre peut-être le thorax de profil : vérifiez le cliché.
issue-two_films = Il y a deux clichés côte à côte.
    .next = Ne laissez qu’un cliché sur le négatoscope et photographiez-le seul.
    .remark = Un autre cliché est peut-être sur l’image : vérifiez que le bon a été lu.
issue-lungs_not_seen = On ne distingue pas les deux poumons sur le cliché.
    .next = Vérifiez que c’est un cliché thoracique et que rien ne couvre les poumons, puis reprenez la photo.
    .remark = Les deux poumons sont difficiles à distinguer.
issue-lungs_cut_off = Les poumons touchent le bord du cliché : il en manque peut-être une partie.
    .next = Regardez le cliché lui-même. Si les poumons y sont aussi coupés, demandez au médecin s’il faut refaire la radio ; une autre photo n’aide pas.
    .remark = Les poumons touchent le bord du cliché : il en manque peut-être une partie. S’ils sont aussi coupés sur le cliché lui-même, seule une nouvelle radio peut aider.
issue-film_overexposed = Le cliché lui-même est trop sombre : les poumons ne montrent aucun détail.
    .next = Demandez au médecin s’il faut refaire la radio avec moins d’exposition ; une autre photo n’aide pas.
    .remark = Le cliché lui-même est trop sombre : les poumons montrent peu de détails. Une autre photo n’aide pas ; une nouvelle radio avec moins d’exposition peut aider.
issue-film_underexposed = Le cliché lui-même est trop clair : le milieu du thorax ne montre aucun détail.
    .next = Demandez au médecin s’il faut refaire la radio avec plus d’exposition ; une autre photo n’aide pas.
    .remark = Le cliché lui-même est trop clair : le milieu du thorax montre peu de détails. Une autre photo n’aide pas ; une nouvelle radio avec plus d’exposition peut aider.
issue-patient_turned = Les poumons n’ont pas la même largeur : le patient était peut-être tourné pendant la radio.
    .next = Demandez au médecin s’il faut refaire la radio avec les deux épaules à la même distance ; une autre photo n’aide pas.
    .remark = Les poumons n’ont pas la même largeur : le patient était peut-être tourné pendant la radio, ou un poumon est plus petit.
issue-no_film = Aucun cliché n’a été trouvé sur la photo.
    .next = Mettez le cliché sur le négatoscope et prenez une photo avec les quatre coins.
    .remark = Les bords du cliché étaient difficiles à trouver : vérifiez que rien n’est coupé.
issue-unreadable = Le fichier de la photo est endommagé et ne peut pas être ouvert.
    .next = Prenez une nouvelle photo avec l’appareil photo du téléphone.
    .remark = Une partie du fichier de la photo était endommagée : vérifiez qu’il ne manque rien sur la radiographie.

## Report draft

draft-preamble = Brouillon écrit par Fieldray à partir d’une photo d’un cliché thoracique. Il donne des scores d’anomalies, pas une décision sur le patient.
draft-scored = { $finding } : score { $score } (seuil { $threshold }), { $call }.
draft-scored-region = { $finding } : score { $score } (seuil { $threshold }), { $call } ; surtout vu dans le { $region }.
draft-hint = Indice (preuve faible) : { $finding } : score { $score } (seuil { $threshold }), { $call }.
draft-hint-region = Indice (preuve faible) : { $finding } : score { $score } (seuil { $threshold }), { $call } ; surtout vu dans le { $region }.
draft-region-side = tiers { $zone }, côté { $side } du patient
draft-region-central = tiers { $zone }, près du milieu
draft-nothing-above = Aucune des anomalies évaluées n’atteint son seuil ni ne s’en approche.
draft-nothing-assessed = Aucune anomalie n’a été évaluée sur ce cliché.
draft-mirrored = Le cliché a été considéré comme vu par l’arrière, et le boîtier l’a inversé en miroir : vérifiez le repère de côté.
draft-mirror-doubtful = Le boîtier ne sait pas avec certitude si le cliché a été vu par l’arrière : vérifiez le repère de côté.
draft-age-doubtful = Le cliché ressemble à celui d’un petit enfant, mais le patient est enregistré comme plus âgé : vérifiez que c’est bien le cliché de ce patient.
draft-looks-the-same-this = Le cliché semble être le même que celui de l’examen { $number } de ce patient, et personne n’a encore dit si c’est le cas.
draft-looks-the-same-another = Vérifiez à qui est ce cliché : il semble être le même que celui de l’examen { $number }, enregistré pour un autre patient.
draft-same-film-another = Vérifiez à qui est ce cliché : le même cliché appartient à l’examen { $number }, enregistré pour un autre patient.
draft-remark = Remarque : { $remark }
draft-not-assessed = Non évalué : { $findings }. { $reason }
draft-lung-share = Poumon avec opacité : { $both } % des deux poumons ensemble (une autre photo de ce cliché peut donner de { $low } à { $high } %) ; poumon droit { $right } %, poumon gauche { $left } %.
draft-lung-share-region = Poumon avec opacité : { $both } % des deux poumons ensemble (une autre photo de ce cliché peut donner de { $low } à { $high } %) ; poumon droit { $right } %, poumon gauche { $left } % ; surtout dans le { $region }.
draft-lung-share-none = Non évalué : part de poumon atteinte. Les poumons n’ont pas été délimités dans cette lecture.
draft-model = Scores calculés par le modèle { $model } sur { $backend }.
draft-decision = Un médecin regarde le cliché et décide.

## Earlier films

priors-title = Clichés antérieurs de ce patient
priors-help = Ouvrez-en un pour voir les deux clichés côte à côte.
prior-link = Examen { $number }, { $time }
compare-title = Avant et maintenant
compare-back = Retour à l’examen
compare-newer = Maintenant : examen { $number }
compare-earlier = Avant : examen { $number }
compare-names-differ = Les noms de ces deux examens sont différents. Assurez-vous que les deux clichés sont de la même personne.
compare-change-more = La part de poumon atteinte est plus grande qu’avant.
compare-change-less = La part de poumon atteinte est plus petite qu’avant.
compare-change-not-reliable = Pas de changement fiable.
compare-change-none = Comparaison impossible : les poumons n’ont pas été délimités par le même réseau sur les deux clichés.
compare-change-help = Un changement ne compte que s’il est plus grand que l’écart qu’une autre photo des mêmes clichés pourrait donner. Un médecin regarde les deux clichés et décide.
compare-shares = Part de poumon avec opacité : { $before } % avant, { $after } % maintenant. Deux photos d’un même cliché peuvent différer de { $error } points.
compare-films = Les deux clichés
compare-slide = À gauche : le cliché actuel. À droite : le cliché d’avant. Déplacez la limite entre les deux.
compare-registered = Le cliché antérieur est déplacé et étiré pour que ses poumons se superposent à ceux du cliché plus récent. Ses formes ne doivent pas être mesurées.
compare-unregistered = Les poumons n’ont pas été délimités sur les deux clichés ; le cliché antérieur est donc montré tel quel.
compare-calls = Ce que le modèle a dit avant et maintenant
compare-calls-help = Seulement les anomalies qui ont un score dans les deux examens. Leurs scores ne sont pas comparés : on ne sait pas de combien ils varient entre deux photos pour ce patient.
compare-call-same = Les deux fois { $call }.
compare-call = Avant : { $earlier }. Maintenant : { $newer }.
## Report: writing and signing

report-edit-title = Compte rendu
report-amend-title = Modifier le compte rendu
report-write = Rédiger le compte rendu
report-read = Lire le compte rendu signé
report-saved = Enregistré sur le boîtier : { $name }, { $time }. Pas encore signé.
report-saved-note = Enregistré sur le boîtier. Pas encore signé.
report-new-reading = La lecture a changé depuis cet enregistrement. Décidez de nouveau pour chaque anomalie.
report-findings-title = Constatations
report-findings-help = Ce que le boîtier a dit figure à côté de chaque anomalie. Que voyez-vous sur le cliché ?
report-must = Le boîtier signale celle-ci : décidez avant de signer.
report-hints-title = Indices avec preuve faible
report-add-title = Ajouter une anomalie
report-add-help = Anomalies pour lesquelles le boîtier n’a pas donné de score. Cochez ce que vous voyez sur le cliché.
report-conclusion = Conclusion
report-conclusion-help = Commencée par le boîtier. Écrivez ce que montre le cliché.
report-recommendation = Conduite à tenir
report-more-words = Précisions, si nécessaire
report-no-template = Aucune de ces propositions
report-score = score { $score }, seuil { $threshold }
report-not-assessed = non évalué
report-sign-title = Signer
report-sign-help = Votre nom figure sous le compte rendu. Ensuite, personne ne peut le modifier sans laisser de trace.
report-pin = Encore une fois votre code PIN ou mot de passe
report-sign = Signer le compte rendu
report-sign-amended = Signer la version modifiée
report-save = Enregistrer, signer plus tard
report-next = Suivant
report-previous = Précédent
report-place = { $place } sur { $count } à signer
report-reason = Pourquoi modifier le compte rendu ?
report-reason-help = Tous ceux qui lisent le compte rendu voient cette phrase.
report-undecided = Décidez pour « { $finding } » avant de signer.
report-no-conclusion = Écrivez une conclusion avant de signer.
field-text-long = Au plus { $most } caractères, et pas de caractères de contrôle.
opinion-seen = Vu
opinion-not_seen = Non vu
opinion-undecided = Indécis
decision-not_commented = Non commenté
decision-accepted = Vu
decision-rejected = Non vu
decision-added = Vu, ajouté
recommendation-clinical = Confronter aux plaintes et à l’examen clinique du patient.
recommendation-sputum = Examiner les crachats à la recherche d’une tuberculose (Xpert ou microscopie).
recommendation-repeat = Refaire le cliché.
recommendation-again = Nouveau cliché thoracique dans 4 à 6 semaines.
recommendation-ct = Scanner du thorax.
recommendation-refer = Référer à un hôpital.
not-assessed-heart-ratio = Index cardio-thoracique
not-assessed-heart-ratio-reason = Ce boîtier ne mesure pas le cœur.

## Report: signed

report-signed-title = Compte rendu signé
report-signed-by = Signé par { $name }, { $time }
report-version = Version { $version }
report-reason-line = Motif : { $reason }
report-older = Ceci est une version plus ancienne.
report-newest = Voir la dernière version
report-box-said = Le boîtier
report-physician-said = Le médecin
report-pdf = Imprimer (PDF)
report-letter = Lettre de référence
report-amend = Modifier le compte rendu
report-versions-title = Versions
report-versions-help = Chaque version est scellée avec la précédente. Une modification se verrait.
report-hash = Sceau
report-none-written = Rien d’écrit.
report-no-remarks = Aucune.
how-singly = Lu individuellement
how-audit_sample = Lu individuellement, tiré au sort
how-batch = Signé avec d’autres

## Review

review-title = Comptes rendus à signer
review-none = Aucun compte rendu n’attend de signature.
review-count = { $count ->
        [one] { $count } compte rendu en attente
       *[other] { $count } comptes rendus en attente
    }
review-start = Lire un par un
review-batch-title = Clichés dont aucun score n’approche de son seuil
review-batch-help = Tout a été évalué, aucun score n’atteint son seuil ni ne s’en approche, et il n’y a aucune remarque sur la photo. Vous pouvez regarder ces clichés ensemble et signer une seule fois. Certains sont tirés au sort et lus d’abord un par un.
review-batch-draw = { $count ->
        [one] Regarder { $count } cliché
       *[other] Regarder { $count } clichés
    }
review-batch-open = { $count ->
        [one] Continuer le lot de { $count } cliché
       *[other] Continuer le lot de { $count } clichés
    }
review-list-title = Par urgence
review-more = Seuls les { $count } premiers sont affichés. Signez-en quelques-uns, puis regardez de nouveau.
review-no-urgency = Urgence non évaluée
batch-title = Clichés à signer ensemble
batch-sample-title = D’abord : tirés au sort, à lire un par un
batch-sample-help = Une personne regarde ces clichés comme si le boîtier n’avait rien dit. Cela montre quand les scores se trompent.
batch-sample-saw = Vous avez vu quelque chose sur un cliché de cet échantillon alors que le boîtier n’a rien vu. Lisez aussi les autres un par un.
batch-sample-open = Lire ce cliché
batch-sample-done = Signé
batch-films-title = { $count ->
        [one] { $count } cliché
       *[other] { $count } clichés
    }
batch-films-help = Regardez chaque cliché : appuyez dessus pour l’agrandir. Décochez un cliché que vous voulez lire à part.
batch-include = Signer celui-ci
batch-left = N’est plus dans ce lot : quelque chose a changé. Lisez-le à part.
batch-confirm = J’ai regardé chacun de ces clichés.
batch-sign = { $count ->
        [one] Signer { $count } compte rendu
       *[other] Signer { $count } comptes rendus
    }
batch-wait = Lisez d’abord les clichés tirés au sort.
batch-done = { $count ->
        [one] { $count } compte rendu a été signé.
       *[other] { $count } comptes rendus ont été signés.
    }
batch-hints = Indice au-dessus de son seuil : { $findings }
batch-alt = Cliché de l’examen { $number }

## Printed pages

print-title = Compte rendu de cliché thoracique
print-patient = Patient
print-id = N° du centre
print-registered = Enregistré
age-title-short = Sexe, âge
print-study = Examen
print-finding = Anomalie recherchée
print-page = Page
print-hints-note = h : indice avec preuve faible
print-assist = Les scores viennent de Fieldray et aident la personne qui décide. Ils ne sont pas une décision sur le patient.
print-film-note = Photo d’un cliché sur un négatoscope, { $time }. Ne pas utiliser pour des mesures.
letter-title = Lettre de référence
letter-to = À qui (hôpital, service)
letter-reason = Motif de la référence
letter-question = Ce qui leur est demandé (facultatif)
letter-help = La lettre est imprimée à partir du compte rendu signé. Elle n’est pas gardée sur le boîtier : imprimez-la ou enregistrez-la.
letter-make = Créer la lettre (PDF)
letter-to-label = À
letter-reason-label = Motif
letter-question-label = Notre demande
letter-opening = Nous vous adressons ce patient. Lecture du cliché thoracique : { $time }.
letter-field = Écrivez 1 à { $most } caractères.

## Operators

operators-title = Utilisateurs
operators-list = Qui travaille avec ce boîtier
operators-add = Ajouter un utilisateur
operators-name = Nom
operators-role = Rôle
operators-submit = Ajouter l’utilisateur
operators-added = { $name } est ajouté. Dites le code PIN à cette personne, qui en choisit un autre à la première connexion.

## About

about-title = À propos de ce boîtier
about-is = Fieldray lit une photo d’un cliché thoracique, redresse le cliché et donne des scores d’anomalies. Il aide la personne qui décide.
about-not-title = Ce qu’il n’est pas
about-not-1 = Il ne pose pas de diagnostic. Un médecin regarde le cliché et décide.
about-not-2 = Aucune autorité ne l’a homologué comme dispositif médical.
about-not-3 = Un score en dessous de son seuil n’exclut pas une maladie. Un score absent ne dit rien du tout.
about-not-4 = Il lit seulement les clichés thoraciques de face. Les anomalies indiquées « non évalué » ne sont pas recherchées.
about-models-title = Modèles sur ce boîtier
about-models-none = Aucun modèle n’est chargé : les photos sont enregistrées, mais pas lues.
about-model = { $id } { $version }
about-model-digest = SHA-256 { $digest }
about-version = Version { $version }
about-backend = Calcule avec { $backend }
about-backend-none = Aucun modèle ne peut fonctionner sur ce boîtier pour le moment : les photos sont enregistrées, mais pas lues.
about-help-title = Si vous avez besoin d’aide
about-help = Donnez le code (FR-…) affiché sur la page et la version ci-dessus. Les noms des patients ne sont pas nécessaires.

## Help

help-title = Aide
help-photo-title = Une bonne photo en trois étapes
help-photo-1 = 1. Placez le cliché à l’endroit sur le négatoscope.
help-photo-1-how = Épaules en haut ; le repère de côté (D/G ou R/L) se lit à l’endroit. Un seul cliché. Négatoscope allumé, lumière de la pièce éteinte.
help-photo-2 = 2. Tenez le téléphone bien droit devant le cliché.
help-photo-2-how = Utilisez les deux mains, le téléphone parallèle au cliché et face à son milieu. Attendez que le cliché soit net.
help-photo-3 = 3. Prenez la photo avec le cliché entier.
help-photo-3-how = Les quatre coins sont sur la photo, et le cliché la remplit presque toute.
help-bad-title = Reprenez la photo si elle ressemble à ceci
help-bad-glare = Une tache claire : une lampe ou une fenêtre se reflète dans le cliché.
help-bad-cut = Coupée : il manque un coin ou un bord du cliché.
help-bad-tilt = De travers : le téléphone n’était pas parallèle au cliché.
help-score-title = Ce que signifie un score
help-score-is = Un score de 0 à 1 dit avec quelle force le modèle voit des signes d’une anomalie sur ce cliché.
help-score-not = Un score n’est pas une décision sur le patient, et il ne dit pas à quel point le patient est malade.
help-score-above = Au-dessus du seuil : montrez ce cliché à un médecin dans le délai indiqué sur la page.
help-score-below = En dessous du seuil : le modèle voit peu de signes. Le patient peut quand même être malade. Si le patient semble malade, n’attendez pas.
help-score-undecided = Trop proche du seuil pour se prononcer : on ne peut pas trancher pour cette anomalie. Un médecin doit regarder le cliché.
help-not-assessed-title = Ce que signifie « non évalué »
help-not-assessed = Le boîtier ne dit rien sur cette anomalie : son modèle ne la recherche pas, ou n’a pas été vérifié pour l’âge de ce patient. Cela ne signifie pas que l’anomalie est absente.
help-no-reading = L’absence de tout score signifie : le cliché n’a pas été lu. Elle ne signifie jamais que tout va bien.
help-call-title = Qui appeler
help-call-patient = Si un patient est très malade, appelez le médecin tout de suite. N’attendez pas le boîtier.
help-call-contact = Si le boîtier ne fonctionne pas, appelez : { $contact }
help-call-nobody = Si le boîtier ne fonctionne pas, prévenez l’administrateur de ce boîtier.
help-call-code = Donnez le code (FR-…) affiché sur la page et la version indiquée sous « À propos ». Les noms des patients ne sont pas nécessaires.

## Texts used by the script

js-live-starting = Ouverture de la caméra
js-live-find = Mettez le cliché entier dans l’image.
js-live-good = C’est bon. Prenez la photo.
js-live-taking = Ne bougez pas
js-live-refused = La caméra n’est pas utilisable ici. Fermez et appuyez sur « Prendre une photo ».
js-waiting = En attente
js-looking = Vérification de la photo
js-asked = Pas encore envoyée
js-take-again = Reprendre la photo
js-send-anyway = Envoyer quand même
js-thumbnail = La photo qui a été prise
js-checking = Préparation
js-sending = Envoi
js-stored = En sécurité sur le boîtier
js-known = Déjà sur le boîtier
js-retrying = Pas de connexion. Nouvel essai automatique. Gardez cette page ouverte.
js-failed = La photo n’est pas encore sur le boîtier.
js-retry = Réessayer
js-remove = Retirer
js-leave = Une photo est encore en cours d’envoi.
js-photo = Photo
js-offline = Pas de connexion avec le boîtier. Cette page n’est peut-être plus à jour.
js-too-large = Le fichier de la photo est trop volumineux pour le boîtier.
js-too-large-next = Choisissez une photo plus petite, ou réglez l’appareil photo sur une résolution plus basse.

## Faults

fault-FR-101 = Le fichier de la photo est vide.
    .next = Reprenez la photo et envoyez-la.
fault-FR-102 = Le fichier de la photo s’arrête trop tôt : il en manque une partie.
    .next = Envoyez de nouveau la photo, ou prenez-en une autre.
fault-FR-103 = Ce fichier n’est pas une photo que le boîtier peut lire.
    .next = Envoyez une photo prise avec l’appareil photo du téléphone (JPEG, PNG ou WebP).
fault-FR-104 = Cette photo est au format HEIC de l’iPhone, que le boîtier ne peut pas lire.
    .next = Sur l’iPhone, ouvrez Réglages → Appareil photo → Formats, choisissez « Le plus compatible », et reprenez la photo.
fault-FR-105 = Le fichier de la photo est trop volumineux pour le boîtier.
    .next = Choisissez une photo plus petite, ou réglez l’appareil photo sur une résolution plus basse, et renvoyez-la.
fault-FR-106 = La photo a trop de pixels pour le boîtier.
    .next = Réglez l’appareil photo sur une résolution plus basse et reprenez la photo.
fault-FR-107 = La photo n’a pas assez de pixels pour lire un cliché.
    .next = Prenez une nouvelle photo avec l’appareil photo du téléphone ; n’utilisez pas un aperçu, une capture d’écran ni une photo reçue par messagerie.
fault-FR-108 = Le fichier est animé : il contient plus d’une photo.
    .next = Prenez une seule photo du cliché et envoyez-la.
fault-FR-109 = La photo est enregistrée en couleurs d’imprimerie (CMYK).
    .next = Prenez une photo avec l’appareil photo du téléphone, ou enregistrez le fichier en JPEG RGB ou gris.
fault-FR-110 = La photo a 16 bits par couleur, ce que le boîtier ne lit pas.
    .next = Enregistrez le fichier avec 8 bits par couleur, ou prenez une photo avec l’appareil photo du téléphone.
fault-FR-111 = Le fichier annonce une taille bien plus grande que possible.
    .next = Prenez une nouvelle photo avec l’appareil photo du téléphone et envoyez-la.
fault-FR-112 = La photo a été endommagée pendant l’envoi au boîtier.
    .next = Envoyez de nouveau la photo.
fault-FR-113 = Le fichier de la photo est endommagé et ne peut pas être ouvert.
    .next = Prenez une nouvelle photo et envoyez-la.
fault-FR-114 = La connexion s’est coupée avant l’arrivée de toute la photo.
    .next = Approchez-vous du boîtier et envoyez de nouveau la photo.
fault-FR-115 = Aucune photo n’a été envoyée.
    .next = Choisissez d’abord une photo, puis appuyez sur « Envoyer la photo ».
fault-FR-116 = La même photo appartient déjà à un autre examen.
    .next = Vérifiez que vous êtes dans l’examen du bon patient, puis prenez une nouvelle photo du cliché de ce patient.
fault-FR-117 = Cet envoi a déjà servi pour une autre photo.
    .next = Ouvrez de nouveau la page de l’examen et envoyez la photo de là.
fault-FR-118 = Cet examen a déjà le nombre maximal de photos que le boîtier accepte.
    .next = Utilisez une des photos de la liste, ou enregistrez de nouveau le cliché comme une nouvelle visite du patient.
fault-FR-119 = Trop de photos attendent d’être lues.
    .next = Attendez quelques minutes, puis envoyez de nouveau la photo.
fault-FR-201 = Un champ est vide ou incorrect.
    .next = Corrigez les champs marqués et envoyez de nouveau le formulaire.
fault-FR-202 = Le boîtier n’a pas pu lire le formulaire.
    .next = Revenez en arrière, ouvrez de nouveau la page et renvoyez le formulaire.
fault-FR-203 = Ces coins ne peuvent pas être ceux d’un cliché.
    .next = Mettez une marque sur chaque coin du cliché, sans que les lignes se croisent, et envoyez de nouveau.
fault-FR-301 = Le nom, le code PIN ou le mot de passe est faux.
    .next = Vérifiez votre nom et réessayez. Un administrateur peut vous en donner un nouveau.
fault-FR-302 = Il y a eu trop d’essais erronés.
    .next = Attendez le temps indiqué, puis écrivez le code PIN ou mot de passe.
fault-FR-303 = Vous n’êtes pas connecté.
    .next = Connectez-vous, puis réessayez.
fault-FR-304 = Le code de première connexion est incorrect.
    .next = Écrivez le code que le boîtier a affiché sur sa console au démarrage.
fault-FR-305 = La demande venait d’une page ancienne ou d’une autre adresse.
    .next = Ouvrez de nouveau la liste de travail et refaites ce que vous avez fait.
fault-FR-306 = Vous n’avez pas le droit de faire cela.
    .next = Adressez-vous à un administrateur de ce boîtier.
fault-FR-307 = Le boîtier est déjà configuré.
    .next = Connectez-vous avec votre nom et votre code PIN.
fault-FR-308 = Une autre personne porte ce nom.
    .next = Ajoutez un deuxième nom ou une initiale.
fault-FR-309 = Personne ne modifie son propre compte ici.
    .next = Demandez à un autre administrateur.
fault-FR-310 = Votre code PIN a été créé par une autre personne et ne sert qu’à en choisir un nouveau.
    .next = Choisissez votre code PIN ou mot de passe, puis continuez.
fault-FR-311 = Ce téléphone n’a pas servi depuis un moment et il est verrouillé.
    .next = Rechargez la page et écrivez votre code PIN ou mot de passe.
fault-FR-312 = C’est le code PIN ou mot de passe que vous avez déjà.
    .next = Choisissez-en un autre.
fault-FR-401 = Cet examen n’existe pas sur ce boîtier.
    .next = Allez à la liste de travail et choisissez l’examen.
fault-FR-402 = Cette page n’existe pas sur ce boîtier.
    .next = Allez à la liste de travail.
fault-FR-403 = Cet examen est fermé : il est signé ou annulé.
    .next = Enregistrez un nouvel examen pour un nouveau cliché.
fault-FR-404 = La lecture de la photo est en cours.
    .next = Attendez la fin de la lecture, puis corrigez.
fault-FR-405 = Cette personne n’existe pas sur ce boîtier.
    .next = Revenez à la liste des utilisateurs.
fault-FR-406 = Cet examen n’existe pas pour ce cliché.
    .next = Rouvrez « Examens et issue » du cliché.
fault-FR-407 = Cette alerte n’existe pas.
    .next = Revenez à la liste des alertes.
fault-FR-501 = Une étape a échoué dans le programme. La photo est en sécurité.
    .next = Appuyez sur « Réessayer » ; si cela échoue encore, donnez le code à l’assistance.
fault-FR-502 = Le modèle de ce boîtier manque ou n’a pas réussi son autotest. La photo est en sécurité.
    .next = Donnez le code à l’assistance ; appuyez sur « Réessayer » après la réparation du boîtier.
fault-FR-503 = Un fichier enregistré manque ou est endommagé.
    .next = Prenez une nouvelle photo du cliché, et donnez le code à l’assistance.
fault-FR-601 = Ce cliché n’a pas de lecture à partir de laquelle rédiger un compte rendu.
    .next = Attendez que le cliché soit lu, ou prenez-en une autre photo.
fault-FR-602 = Quelqu’un d’autre a enregistré ce compte rendu depuis que vous l’avez ouvert.
    .next = Votre texte est encore dans le formulaire. Comparez-le avec l’autre version, puis enregistrez de nouveau.
fault-FR-603 = Cet examen a changé depuis que vous avez ouvert la page.
    .next = Regardez de nouveau la page, puis signez.
fault-FR-604 = Le compte rendu n’est pas complet.
    .next = Décidez pour chaque anomalie que le boîtier signale, et écrivez une conclusion.
fault-FR-605 = Un compte rendu signé ne peut être modifié qu’avec un motif.
    .next = Écrivez pourquoi le compte rendu est modifié.
fault-FR-606 = Aucun cliché ne peut être signé avec d’autres maintenant.
    .next = Lisez les comptes rendus un par un.
fault-FR-607 = Des clichés tirés au sort ne sont pas encore signés.
    .next = Lisez-les et signez-les d’abord un par un.
fault-FR-608 = Rien n’a été signé : il manque une coche ou un cliché.
    .next = Choisissez les clichés, puis cochez que vous avez regardé chacun d’eux.
fault-FR-609 = Le boîtier prépare en ce moment d’autres pages à imprimer.
    .next = Réessayez dans une demi-minute.
fault-FR-610 = Les versions signées de ce compte rendu ne concordent pas : quelque chose a été modifié après la signature.
    .next = N’utilisez pas ce compte rendu. Appelez l’assistance et donnez le code.
fault-FR-701 = Personne ne confirme sa propre proposition.
    .next = Demandez à une autre personne de la regarder.
fault-FR-702 = Quelqu’un a décidé de ces règles entre-temps.
    .next = Regardez les règles telles qu’elles sont maintenant.
fault-FR-703 = Il n’y a aucun moyen de joindre cette personne.
    .next = Écrivez d’abord un numéro ou associez une discussion.
fault-FR-704 = Le réseau de ce boîtier ne donne qu’un indice de ce signe, ou ne le cherche pas. Il ne peut pas déclencher d’alerte.
    .next = Choisissez un signe du formulaire.
fault-FR-802 = Cette version n’est plus prête.
    .next = Regardez de nouveau la page des mises à jour ; remettez la clé si elle venait d’une clé.
fault-FR-803 = Une autre mise à jour est en cours.
    .next = Attendez qu’elle soit terminée.
fault-FR-804 = Une nouvelle version du programme fait ses preuves en ce moment.
    .next = Attendez une demi-minute, puis rechargez la page.
fault-FR-805 = Rien n’a été fait : il manque la coche de votre accord.
    .next = Lisez la page, cochez votre accord, puis appuyez de nouveau sur le bouton.
fault-FR-806 = Ce boîtier n’a pas de clé de l’assistance.
    .next = Demandez à l’assistance la ligne de réglage avec sa clé.
fault-FR-901 = Le disque du boîtier est presque plein.
    .next = Donnez le code à l’assistance ; on pourra de nouveau envoyer des photos quand il y aura de la place.
fault-FR-902 = Le boîtier n’a pas pu écrire sur son disque.
    .next = Réessayez ; si cela échoue encore, éteignez et rallumez le boîtier une fois et donnez le code à l’assistance.
fault-FR-999 = Quelque chose a échoué dans le programme.
    .next = Réessayez ; si cela échoue encore, donnez le code à l’assistance.

captive-title = Ouvrez le boîtier dans votre navigateur
captive-1 = Restez dans ce Wi-Fi.
captive-2 = Ouvrez Chrome, Safari ou un autre navigateur. Cette petite fenêtre ne peut pas envoyer de photos.
captive-3 = Tapez cette adresse :
captive-read = J’ai lu
captive-done = Bien. Vous pouvez fermer cette fenêtre.
captive-other = Un autre téléphone peut viser ceci :
captive-qr = Adresse du boîtier en code QR
trust-title = Vue en direct de l’appareil photo
trust-intro = Tout fonctionne sur ce boîtier sans cette page. Seule la vue en direct en a besoin : le téléphone doit d’abord faire confiance à ce boîtier. À faire uniquement sur les téléphones du centre.
trust-download = Prendre le certificat du boîtier
trust-android-title = Sur un téléphone Android
trust-android-1 = Appuyez sur le bouton ci-dessus et gardez le fichier.
trust-android-2 = Ouvrez les réglages du téléphone, cherchez « Certificat CA » et choisissez le fichier.
trust-android-3 = Le téléphone avertit que le réseau peut être surveillé. C’est normal ici.
trust-apple-title = Sur un iPhone
trust-apple-1 = Appuyez sur le bouton ci-dessus dans Safari et autorisez le profil.
trust-apple-2 = Dans Réglages, ouvrez « Profil téléchargé » et installez-le.
trust-apple-3 = Dans Réglages, Général, Informations, Réglages des certificats, activez le boîtier.
trust-then = Utilisez ensuite le boîtier à cette adresse :
trust-limits = Le certificat ne vaut que pour ce boîtier et les noms du réseau du centre. Il n’ouvre rien sur Internet.
trust-fingerprint = SHA-256 du certificat, à comparer avec la feuille livrée avec le boîtier :
trust-other = Un autre téléphone peut viser ceci :
trust-qr = Adresse de cette page en code QR
trust-brought-title = Un certificat que les téléphones connaissent peut-être déjà
trust-brought = Ce boîtier montre aussi un certificat venu d’ailleurs. Si le téléphone ouvre cette adresse sans avertissement, il n’y a rien de plus à y faire. Ce qui suit vaut pour les autres noms du boîtier.

# Certificats venus d’ailleurs, pour les pages en HTTPS.
brought-files = HTTPS : certificat des réglages
    .next = Demandez un nouveau certificat à qui l’a donné, et mettez-le à la place de l’ancien. D’ici là les téléphones avertissent pour ces noms ; le certificat du boîtier et les pages simples restent.
brought-portal = HTTPS : certificat du portail
    .next = Dites au responsable du portail qu’il en faut un nouveau. Après l’échéance les téléphones avertissent pour ces noms ; le certificat du boîtier et les pages simples restent.
brought-holds = pour { $names }, jusqu’au { $time }
brought-soon = pour { $names }, échéance proche : { $time }
brought-early = pour { $names } : pas encore valable selon l’horloge du boîtier
    .next = Vérifiez l’horloge du boîtier.
brought-ended = pour { $names }, échu : { $time } ; le boîtier montre le sien
brought-unusable = les nouveaux fichiers ne peuvent pas servir ; celui d’avant reste jusqu’à son échéance
    .next = Vérifiez que les deux fichiers sont là, entiers, et vont ensemble. Le journal du boîtier en dit plus.

# Le chemin vers un PACS. Ce qui suit le nom parle de lui.
pacs-none = PACS : non configuré. Les clichés et les comptes rendus restent sur ce boîtier.
pacs-name = PACS :
pacs-answers = PACS : répond à ce boîtier
pacs-all = { $count ->
        [one] { $count } objet est enregistré, rien n’attend
       *[other] { $count } objets sont enregistrés, rien n’attend
    }
pacs-counts = { $stored } enregistrés, { $waiting } en attente
pacs-refused = { $count ->
        [one] { $count } objet a été refusé ({ $reasons })
       *[other] { $count } objets ont été refusés ({ $reasons })
    }
    .next = Ils restent sur le boîtier et sont renvoyés à son prochain démarrage. Dites à l’administrateur du PACS ce qui est écrit ici.
pacs-fault-unreachable = injoignable pour l’instant
    .next = Rien n’est perdu, le boîtier réessaie de lui-même. Si cela dure des jours, vérifiez le réseau et comparez l’adresse du fichier de configuration.
pacs-fault-not-allowed = n’accepte pas ce boîtier
    .next = Donnez à l’administrateur du PACS l’AE title ou le nom d’utilisateur du boîtier, et comparez-les au fichier de configuration.
pacs-fault-busy = n’accepte rien pour l’instant
    .next = Rien n’est perdu. Si cela dure un jour, prévenez l’administrateur du PACS.
pacs-fault-bad-answer = autre chose répond à son adresse
    .next = Comparez l’adresse et le port du fichier de configuration à ceux du PACS. Rien n’est considéré comme envoyé.
pacs-fault-set-up = ne peut pas être configuré
    .next = Dites à l’assistance ce qui est écrit ici. Elle consultera le journal du boîtier.

# Le chemin vers un serveur FHIR. Ce qui suit le nom parle de lui.
fhir-none = FHIR : non configuré. Rien ne va vers un serveur FHIR.
fhir-name = FHIR :
fhir-answers = FHIR : répond à ce boîtier et peut recevoir ce qu’il envoie
fhir-all = { $count ->
        [one] { $count } lot est reçu, et rien n’attend
       *[other] { $count } lots sont reçus, et rien n’attend
    }
fhir-counts = { $taken } reçus, { $waiting } en attente
fhir-held-back = { $count } attendent parce que chaque octet coûte
fhir-refused = { $count ->
        [one] { $count } lot a été refusé ({ $reasons })
       *[other] { $count } lots ont été refusés ({ $reasons })
    }
    .next = Ils restent sur le boîtier et sont renvoyés à son prochain démarrage. Dites à l’administrateur du serveur FHIR ce qui est écrit ici.
fhir-fault-unreachable = injoignable pour l’instant
    .next = Rien n’est perdu, et le boîtier réessaie de lui-même. Si cela dure des jours, voyez le réseau et comparez l’adresse du fichier de configuration.
fhir-fault-not-allowed = n’accepte pas ce boîtier
    .next = Comparez le nom et le secret de ce boîtier dans le fichier de configuration avec l’administrateur du serveur FHIR.
fhir-fault-busy = n’accepte rien pour l’instant
    .next = Rien n’est perdu. Si cela dure un jour, prévenez l’administrateur du serveur FHIR.
fhir-fault-bad-answer = autre chose répond à son adresse
    .next = Comparez l’adresse du fichier de configuration avec l’administrateur du serveur FHIR. Rien n’est considéré comme envoyé.
fhir-fault-version = parle une autre version de FHIR
    .next = Ce boîtier parle FHIR R4. Demandez à l’administrateur du serveur FHIR une adresse qui le fait. Rien n’est considéré comme envoyé.
fhir-fault-no-transactions = ne fait pas de transactions
    .next = Ce boîtier envoie ce qui va ensemble en une transaction. Demandez à l’administrateur du serveur FHIR de le permettre. Rien n’est considéré comme envoyé.
fhir-fault-no-conditions = ne peut pas reconnaître ce qu’il a déjà
    .next = Demandez à l’administrateur du serveur FHIR de permettre la création et la mise à jour conditionnelles. Jusque-là rien n’est envoyé : ce serait là deux fois.
fhir-fault-set-up = ne peut pas être configuré
    .next = Dites à l’assistance ce qui est écrit ici. Elle regardera le journal du boîtier.

# Ce qui ne va pas avec le certificat d’un PACS ou d’un serveur FHIR.
certificate-date = son certificat n’est pas valable à la date du boîtier
    .next = La cause habituelle est une horloge fausse : regardez d’abord la date du boîtier. Si elle est juste, le certificat a expiré : prévenez son administrateur. Rien n’est envoyé d’ici là, et rien n’est perdu.
certificate-unknown = son certificat vient de quelqu’un que ce boîtier ne connaît pas
    .next = Demandez à son administrateur le fichier de son autorité de certification et nommez-le dans le fichier de configuration comme ca_file. Rien n’est envoyé d’ici là, et rien n’est perdu.
certificate-name = son certificat est pour un autre nom
    .next = Comparez le nom dans l’adresse du fichier de configuration avec son administrateur : quelqu’un d’autre répond peut-être. Rien n’est envoyé d’ici là, et rien n’est perdu.
certificate-other = son certificat n’est pas valable, ou il ne parle pas TLS
    .next = Vérifiez http ou https au début de l’adresse dans le fichier de configuration, et prévenez son administrateur. Rien n’est envoyé d’ici là, et rien n’est perdu.

# Le chemin vers le portail.
sync-none = Portail : non configuré. Les enregistrements restent sur ce boîtier.
sync-never = Portail : pas encore joint
sync-contact = Portail : dernier contact { $time }
sync-all = tout a son accusé de réception
sync-waiting = en attente d’un accusé de réception : { $urgent } urgents, { $results } résultats, { $reports } comptes rendus, { $images } clichés
sync-held-back = les clichés attendent, car l’envoi est payant ou la limite du jour est atteinte
sync-parked = { $count ->
        [one] { $count } enregistrement n’a pas été accepté
       *[other] { $count } enregistrements n’ont pas été acceptés
    }
    .next = Ils restent sur le boîtier et sont renvoyés à son prochain démarrage. Prévenez l’assistance.
sync-fault-unreachable = injoignable pour l’instant
    .next = Rien n’est perdu, le boîtier réessaie de lui-même. Si cela dure des jours, vérifiez le réseau du boîtier.
sync-fault-wrong-portal = un autre portail répond à son adresse
    .next = Rien n’a été envoyé. Comparez l’adresse et la clé de la page « Portail de ce boîtier » avec celles du portail.
sync-fault-not-enrolled = ne connaît pas ce boîtier
    .next = Demandez un nouveau code à l’administrateur du portail et écrivez-le sur la page « Portail de ce boîtier ».
sync-fault-revoked = a exclu ce boîtier
    .next = Appelez l’administrateur du portail. Un boîtier retrouvé reçoit un nouveau code.
sync-fault-busy = n’accepte rien pour l’instant
    .next = Rien n’est perdu. Si cela dure un jour, prévenez l’administrateur du portail.
sync-fault-bad-answer = sa réponse n’est pas fiable
    .next = Rien ne compte comme envoyé. Prévenez l’assistance et l’administrateur du portail.
sync-fault-set-up = ne peut pas être configuré
    .next = Dites à l’assistance ce qui est écrit ici. Elle consultera le journal du boîtier.
announce-ready = Les résultats urgents sont annoncés au portail par SMS quand aucune liaison ne vient pendant { $minutes } minutes
announce-sent = { $count ->
        [one] { $count } résultat urgent a été annoncé au portail par SMS ({ $time }) ; l’enregistrement complet attend encore
       *[other] { $count } résultats urgents ont été annoncés au portail par SMS ({ $time }) ; les enregistrements complets attendent encore
    }
announce-heard = le portail l’a lu ({ $time })
announce-not-ready = le portail ne peut pas encore les lire
    .next = Il faut un premier contact avec le portail avant de pouvoir envoyer des SMS. S’il a eu lieu, le programme du portail est trop ancien.
announce-spent = les SMS du jour sont épuisés
    .next = Les autres résultats urgents seront annoncés plus tard. Portez les enregistrements au portail, ou téléphonez.

# La page du portail lui-même.
portal-fleet-title = Boîtiers
portal-fleet-intro = Tous les boîtiers de ce portail, et leur dernier contact. Rien sur les patients n’est affiché ici.
portal-fleet-none = Aucun boîtier n’est encore inscrit. La commande « { $command } » imprime un code pour le premier.
portal-fleet-well = { $well } sur { $count } vont bien
portal-key-asked = Cette page demande sa clé. La commande « { $command } » en crée une.
portal-box-never = jamais en contact
portal-box-by-file = pas encore de contact par un réseau : ce qui figure ici est venu dans un fichier porté
portal-box-contact = dernier contact { $time }
portal-box-held = { $count ->
        [one] { $count } enregistrement conservé
       *[other] { $count } enregistrements conservés
    }
portal-box-disk = { $count } Mio libres sur son disque
portal-box-title = Boîtier
portal-box-sent = Le boîtier l’apprend à son prochain contact. Ce qu’il en advient figure ici.
portal-box-asked-title = Ce qui lui a été demandé
portal-box-asked-none = Rien ne lui a encore été demandé.
portal-box-order = Demande { $number } · { $name } · { $time }
portal-box-set-title = Changer ses réglages
portal-box-set-help = Ce qui reste vide ne change pas. Le personnel du centre voit qui l’a changé.
portal-box-set-keep = Ne change pas
portal-box-yes = Oui
portal-box-no = Non
portal-box-budget-help = 0 : sans limite. Les résultats urgents partent toujours.
portal-box-set-submit = Envoyer au boîtier
portal-box-set-nothing = Remplissez au moins un réglage.
portal-box-set-wrong = « { $setting } » ne peut pas être « { $value } ».
portal-box-support-title = Demander à voir l’état du boîtier
portal-box-support-help = Le personnel du centre est consulté. Rien n’est envoyé avant qu’une personne y consente, et rien sur les patients n’y figure.
portal-box-support-reason = Pourquoi (le personnel du centre le lit ; ne nommez aucun patient)
portal-box-support-submit = Demander au centre
portal-ring = Anneau { $ring }
portal-ring-choose = Anneau de ce boîtier
portal-ring-set = L’y mettre
portal-support-how = Fichiers pour l’assistance. Ils sont fermés : seul le détenteur de la clé de l’assistance peut les ouvrir.
portal-support-line = Du { $time }, { $size } Kio, ici jusqu’au { $until }
portal-rollout-title = Déploiements
portal-rollout-intro = Versions et réglages qui vont aux boîtiers anneau par anneau, 0 d’abord et 3 en dernier. Un anneau les reçoit quand celui d’avant va bien.
portal-rollout-none = Rien n’est en cours. La commande « { $command } » commence.
portal-rollout-bundle = Déploiement { $number } : version { $version }
portal-rollout-settings = Déploiement { $number } : réglages
portal-rollout-target = Pour { $target }, { $count } Mio
portal-rollout-packs = Modèles inclus : { $packs }
portal-rollout-rules = Chaque boîtier doit fonctionner { $hours } h avec ; { $percent } % d’un anneau ; les boîtiers muets depuis { $days } jours ne comptent pas
portal-rollout-running = En cours : anneau { $ring }
portal-rollout-held = Suspendu à l’anneau { $ring }
portal-rollout-stopped = Arrêté à l’anneau { $ring } : un boîtier ne va pas bien
portal-rollout-finished = Tous les anneaux l’ont et vont bien
portal-rollout-withdrawn = Retiré
portal-rollout-nobody = Aucun boîtier de cet anneau ne compte, et aucun n’a encore montré que c’est sans danger. Mettez un boîtier dans l’anneau 0, ou passez à l’anneau suivant.
portal-rollout-well = { $well } boîtiers sur { $count } de l’anneau vont bien
portal-rollout-events = Ce qui s’est passé
portal-rollout-late = L’état a changé entre-temps. Regardez de nouveau.
portal-rollout-name-missing = Écrivez votre nom : il figure à côté de ce que vous dites.
portal-fate-unasked = Pas encore demandé
portal-fate-asked = Demandé, sans réponse
portal-fate-waiting = A reçu la demande
portal-fate-fetching = { $percent } % sont arrivés
portal-fate-no_room = Trop peu de place sur le boîtier
portal-fate-ready = Prête sur le boîtier : quelqu’un doit y donner son accord
portal-fate-installing = En cours d’installation
portal-fate-taken = Fait ; en marche avec depuis { $hours } h
portal-fate-well = Va bien
portal-fate-passed = Pas destiné à ce boîtier
portal-fate-silent = Fait, mais muet depuis
portal-fate-excused = examiné
portal-word-go_on = Continuer : ce qui ne va pas a été examiné
portal-word-hold = Suspendre
portal-word-next_ring = Ne plus attendre cet anneau
portal-word-withdraw = Retirer
portal-event-begun = Commencé par l’anneau { $ring }
portal-event-ring = Passé à l’anneau { $ring }
portal-event-running = Reprend
portal-event-held = Suspendu
portal-event-stopped = Arrêté
portal-event-finished = Terminé
portal-event-withdrawn = Retiré
portal-event-itself = de lui-même
portal-state-well = Va bien
portal-state-silent = Silencieux depuis plus d’un jour
    .next = Demandez au centre si le boîtier est allumé et s’il a un réseau.
portal-state-parked = Certains de ses enregistrements n’ont pas été acceptés
    .next = Mettez le boîtier et le portail à la dernière version. Les enregistrements restent sur le boîtier.
portal-state-conflict = En conflit : un numéro, deux contenus
    .next = Le boîtier a sans doute été restauré d’une ancienne copie. Les deux enregistrements sont conservés. Prévenez l’assistance.
portal-state-revoked = Exclu
    .next = Un nouveau code le fait revenir.

settings-title = Réglages du centre
settings-first = Dites au boîtier où il se trouve. Tout peut être changé plus tard.
settings-name = Nom du centre
settings-name-help = Figure sur les comptes rendus, les lettres et les alertes.
settings-language = Langue quand personne n’en a choisi
settings-language-any = Celle que demande chaque téléphone
settings-offset = Heure locale moins heure universelle (UTC)
settings-offset-help = Heures et minutes. Inde : +5:30. Bangladesh : +6:00. Népal : +5:45.
settings-contact = Qui appeler pour de l’aide
settings-contact-help = Un nom et un numéro, affichés sur la page d’aide.
settings-submit = Enregistrer
field-site_name = 120 caractères au plus, sur une ligne.
field-utc_offset = Heures et minutes entre -12:00 et +14:00, par exemple +5:30.
field-support_contact = 120 caractères au plus, sur une ligne.
first-title = Premiers pas
first-intro = Ce qu’il faut encore à ce boîtier avant le premier patient. Vous pouvez revenir ici à tout moment.
first-done = Fait
first-open = À faire
first-do = Le faire maintenant
first-look = Revoir
first-later = À la liste de travail
first-site = Nom, langue et heure du centre
    .how = Pour que comptes rendus, lettres et alertes disent d’où ils viennent.
first-clock = L’horloge est confirmée
    .how = Le boîtier prend l’heure du réseau quand il le peut ; sinon réglez-la ici. D’ici là, les heures portent une mention.
first-people = Un technicien et un médecin
    .how = Ajoutez au moins un de chaque. Chacun choisit son PIN.
first-recipients = Quelqu’un qui reçoit les alertes
    .how = Chacun écrit sur cette page son numéro de téléphone ou son Telegram, et l’essaie.
    .way = Dites d’abord comment les alertes quittent le boîtier : un bot Telegram, un modem, un téléphone ou une passerelle.
    .untried = Envoyez un essai à quelqu’un. Cette étape est faite dès qu’un message est arrivé.
    .works = Un message est arrivé chez quelqu’un.
first-acceptance = Essai de réception
    .how = Le boîtier lit des clichés dessinés et examine son stockage. Cela prend quelques minutes.
acceptance-title = Essai de réception
acceptance-intro = Le boîtier lit des clichés dessinés, de l’envoi au projet de compte rendu, et examine tout ce dont il dépend. Aucun patient n’y figure et rien n’en est gardé.
acceptance-running = L’essai est en cours. Cette page se met à jour toute seule.
acceptance-start = Lancer l’essai
acceptance-last = Le dernier essai
acceptance-passed = Le boîtier a réussi
acceptance-failed = Le boîtier n’a pas réussi : ne l’utilisez pas encore pour des patients
acceptance-sheet = Enregistrer la feuille signée
acceptance-good = bon
acceptance-missing = manque
acceptance-bad = pas bon
acceptance-networks = Réseaux de lecture
    .next = Dites à l’assistance ce qui est écrit ici. Sans réseaux, aucun cliché n’est lu.
acceptance-reading = Un bon cliché est lu
    .next = Dites à l’assistance ce qui est écrit ici. N’utilisez pas le boîtier.
acceptance-repeatable = Le même cliché donne les mêmes scores
    .next = Dites à l’assistance ce qui est écrit ici. N’utilisez pas le boîtier.
acceptance-blurred = Un cliché flou est renvoyé
    .next = Dites à l’assistance ce qui est écrit ici. N’utilisez pas le boîtier.
acceptance-no-film = Une photo sans cliché est renvoyée
    .next = Dites à l’assistance ce qui est écrit ici. N’utilisez pas le boîtier.
acceptance-records = Registres et fichiers concordent
    .next = Dites à l’assistance ce qui est écrit ici. Le stockage est peut-être défaillant.
acceptance-storage = Le stockage garde ce qu’on lui donne
    .next = Voyez « État du boîtier » pour savoir que faire.
acceptance-room = Place pour les clichés
    .next = Branchez un plus grand disque ou demandez à l’assistance de déplacer les anciens clichés.
acceptance-flush = L’écriture est confirmée honnêtement et vite
    .next = Demandez à l’assistance un stockage intégré ou un disque NVMe.
acceptance-heat = Chaleur après le travail
    .next = Mettez le boîtier à l’ombre, dégagez ses ouvertures, enlevez la poussière.
acceptance-clock = Horloge
    .next = Le boîtier peut servir ; les heures portent une mention jusqu’à ce que l’horloge soit confirmée.
acceptance-radio = Wi-Fi du boîtier
    .next = Le boîtier peut servir par le réseau du centre. Pour son propre Wi-Fi, prévenez l’assistance.
acceptance-alerts = Alertes
    .next = Mettez en place une voie d’alerte et notez un numéro de téléphone ou un Telegram pour au moins une personne.
fault-FR-801 = Un essai est déjà en cours
    .next = Attendez qu’il soit terminé ; la page le montre.
clock-title = Horloge du boîtier
clock-now = L’horloge du boîtier dit
clock-help = Tapez le jour et l’heure d’une montre ou d’un téléphone exact, tels qu’ils sont ici.
clock-day = Jour
clock-time = Heure
clock-submit = Régler l’horloge
clock-elsewhere = Sur cette machine, l’horloge se règle hors de cette page.
clock-set = L’horloge sera juste dans un instant. Regardez à nouveau.

## Patients: found again, asked about, slips, camps

clinic-number = N° du centre { $id }
patients-title = Chercher un patient
patients-ask = Nom ou numéro
patients-ask-help = Le numéro du ticket, celui du centre de santé, d’un examen ou d’un programme, ou un nom dans n’importe quelle écriture.
patients-find = Chercher
patients-newest = Patients les plus récents
patients-none = Personne n’a été trouvé.
patients-none-next = Essayez une autre orthographe ou le numéro du ticket, ou enregistrez un nouveau patient.
patients-list = Patients trouvés, les plus proches d’abord
patients-more = Il y en a d’autres. Écrivez davantage du nom, ou un numéro.
patients-mistyped = Cela ressemble au numéro d’un ticket, mais il est mal tapé : son dernier caractère ne convient pas.
patients-mistyped-next = Comparez-le au ticket, caractère par caractère.
patient-newest = { $count ->
        [one] 1 cliché : examen { $number }, { $time }
       *[other] { $count } clichés, le plus récent : examen { $number }, { $time }
    }
patient-new-film = Nouveau cliché de ce patient
patient-studies = Clichés de ce patient
patient-all = Tous les clichés
found-by-box-id = Numéro du ticket
found-by-study = Examen { $number }
found-by-local-id = Numéro du centre de santé
found-by-programme = Numéro d’un programme
found-by-name = Nom
scan-title = Photographier le code du ticket
scan-none = Aucun code trouvé sur la photo. Photographiez le ticket de près et bien éclairé, ou tapez le numéro.
register-known-title = Nouveau cliché
register-known-help = Demandez le sexe et l’âge et écrivez-les : cela montre si c’est le bon patient. Vous pouvez les omettre.
register-was-here = Déjà venu ? Chercher le patient
register-more = Motif, symptômes, programmes
box-id-unknown = Aucun patient n’a ce numéro sur ce boîtier. Cherchez le patient par son nom.
box-id-mistyped = Cela ressemble au numéro d’un ticket, mais il est mal tapé. Comparez-le au ticket.
reason-title = Pourquoi ce cliché ?
reason-none = Non précisé
reason-screening = Dépistage, sans plainte
reason-triage = Plaintes
reason-ward = Patient hospitalisé
reason-pre_operative = Avant une opération
symptoms-title = Symptômes
symptom-cough = Toux depuis 2 semaines ou plus
symptom-fever = Fièvre
symptom-weight_loss = Perte de poids
symptom-night_sweats = Sueurs nocturnes
symptom-blood_in_sputum = Sang dans les crachats
symptom-breathlessness = Essoufflement
symptom-chest_pain = Douleur dans la poitrine
symptom-tb_contact = Contact avec la tuberculose
past-tb-title = Déjà traité pour une tuberculose ?
past-tb-unknown = Non connu
past-tb-no = Non
past-tb-yes = Oui
hiv-title = Statut VIH
hiv-help = Vous pouvez l’omettre. Seuls les médecins le voient.
hiv-kept = Une réponse est enregistrée, que seuls les médecins voient. Une nouvelle réponse la remplace.
hiv-unknown = Non connu
hiv-negative = Négatif
hiv-positive = Positif
indication-title = Motif du cliché
indication-none = Personne n’a écrit pourquoi le cliché a été fait.
indication-change = Écrire ou modifier
indication-save = Enregistrer
indication-reason = Motif : { $reason }.
indication-symptoms = Symptômes : { $symptoms }.
indication-past-tb-no = Jamais traité pour une tuberculose.
indication-past-tb-yes = Déjà traité pour une tuberculose : d’anciennes cicatrices peuvent augmenter le score.
indication-hiv = Statut VIH : { $status }.
note-screening-point = Une anomalie est proche de son seuil. En dépistage cela compte, pour en manquer peu.
    .next = Faites regarder le cliché par un médecin, et pensez à un examen des crachats.
note-symptoms-call-for-test = Le patient a des symptômes qui demandent un test de tuberculose, quel que soit le score.
    .next = Demandez des crachats, même si le score est bas.
note-symptoms-and-score = Le patient a des symptômes de tuberculose, et le score atteint le seuil, tout en restant proche de lui.
    .next = N’attendez pas : demandez des crachats, et faites regarder le cliché par un médecin aujourd’hui.
note-fitness-not-judged = Le cliché a été fait avant une opération. Le boîtier ne juge pas si le patient peut être opéré.
    .next = Le médecin et l’équipe chirurgicale en décident.
note-ward-film = Le patient est hospitalisé. Le modèle n’a pas été vérifié sur des clichés faits au lit.
    .next = Fiez-vous au cliché plus qu’aux scores.
point-lower-edge = En dépistage, « trop proche pour se prononcer » compte comme « au-dessus du seuil ».
point-threshold = Avec ces symptômes, un score de tuberculose qui atteint le seuil compte, même s’il est trop proche pour se prononcer.
programme-nikshay = Numéro Ni-kshay
programme-abha = Numéro ABHA
programme-other = Autre programme
programme-name = Son nom
programme-id = Numéro dans ce programme
field-nikshay = Écrivez le numéro Ni-kshay, 5 à 12 chiffres.
field-abha = Écrivez les 14 chiffres du numéro ABHA.
field-programme = Écrivez le nom du programme.
field-programme_id = Écrivez le numéro dans ce programme, 2 à 40 lettres et chiffres.
alike-programme = Le même numéro d’un programme
alike-local-id = Le même numéro du centre de santé
alike-name = Un nom qui sonne pareil, le même sexe et un âge qui convient
ask-who-title = Ce patient est-il déjà venu ?
ask-who-what = Vous avez écrit : { $typed }. Quelqu’un de semblable est déjà enregistré.
ask-who-next = Demandez au patient et comparez. Le boîtier n’en décide pas.
ask-same = C’est cette personne
ask-else = C’est quelqu’un d’autre : enregistrer comme nouveau
ask-back = Retour au formulaire
ask-whether-title = Est-ce le bon patient ?
ask-whether-next = Demandez son nom au patient, et regardez le ticket ou la carte.
ask-sex = Sexe : vous avez écrit « { $told } », il est enregistré « { $record } ».
ask-age = Âge ou année de naissance : vous avez écrit « { $told } », il est enregistré « { $record } ».
ask-age-born = né en { $year }
ask-age-told = { $years } ans en { $year }
ask-record-right = Bon patient : ce qui est enregistré est juste
ask-told-right = Bon patient : ce que j’ai écrit est juste
camp-title = Patient suivant
camp-begin = Beaucoup de patients à la suite (campagne)
camp-help = Le motif est alors le dépistage, et après chaque photo le patient suivant peut venir tout de suite.
camp-end = Terminer la campagne
camp-next = Patient suivant
camp-strip = Les clichés les plus récents
slip-title = Ticket du patient
slip-show = Ticket avec code
slip-code = Code QR du numéro
slip-help = Apportez ce ticket ou sa photo la prochaine fois : il permet de retrouver vos clichés antérieurs.
slip-on = Continuer vers la photo
slip-pdf = Imprimer (PDF, A6)
print-box-id = N°
fault-FR-408 = Ce patient n’existe pas sur ce boîtier.
    .next = Cherchez le patient par son nom, ou par le numéro du ticket.
fault-FR-903 = Tous les numéros que ce boîtier peut donner aux patients sont utilisés.
    .next = Dites le code à l’assistance : le boîtier a besoin d’une nouvelle série de numéros.

## Records carried to the portal by hand
carry-title = Sans réseau
carry-open = Porter les dossiers au portail
carry-what = Tout ce qui attend le portail peut y être porté dans un fichier, sur une clé ou un téléphone. La réponse du portail revient de la même façon.
carry-safe = Le fichier est chiffré : seul le portail peut le lire. Rien n’est retiré ici avant le retour de la réponse, et porter deux fois le même fichier ne nuit pas.
carry-out-title = 1. Enregistrer et porter
carry-all = Tout enregistrer
carry-small = Enregistrer sans les clichés (petit fichier)
carry-nothing = Rien n’attend le portail.
carry-back-title = 2. Rapporter la réponse
carry-answer = La réponse du portail (un fichier)
carry-submit = Prendre la réponse
carry-done = La réponse est prise : { $receipts } dossiers ont leur reçu, { $refused } ont été refusés.
fault-FR-807 = Ce boîtier n’a pas de clé du portail pour les fichiers portés.
    .next = Demandez la ligne « recipient » à l’administrateur du portail et écrivez-la sur la page « Portail de ce boîtier ».
fault-FR-808 = Ce n’est pas la réponse du portail à ce boîtier, ou elle est incomplète.
    .next = Copiez à nouveau le fichier depuis le portail et choisissez-le encore. Rien n’a été changé.

wiped-title = Ce boîtier a été effacé
wiped-told = { $name } lui a demandé depuis le portail, le { $time }, de détruire clés, base de données et clichés. Il n’y reste rien sur les patients.
wiped-next = Si vous avez trouvé ce boîtier, rendez-le au centre de santé ou aux responsables du portail. Ils le remettront en service.
portal-read-name = Votre nom
portal-read-code = Code à usage unique
portal-read-choose = Choisissez un mot de passe
portal-read-choose-help = Au moins 8 caractères, pas seulement des chiffres. Personne d’autre ne doit le connaître.
portal-read-again = Encore une fois
portal-read-enter = Continuer
portal-read-login = Se connecter pour lire des clichés
portal-read-begin = Première fois : utilisez votre code
portal-read-wrong = Le nom ou le code est faux.
portal-read-choose-wrong = Écrivez deux fois le même code. Un code trop simple est refusé.
portal-read-code-wrong = Le nom ou le code est faux, ou le code a déjà servi. Demandez-en un nouveau.
portal-films-title = Clichés à lire
portal-films-intro = Ce que les boîtiers ont envoyé et que personne du portail n’a lu, le plus urgent d’abord.
portal-films-none = Aucun cliché n’attend.
portal-films-read = Lus récemment
portal-film-given = Votre lecture part vers le boîtier à son prochain contact.
portal-film-not-here = La radiographie n’est pas encore arrivée : les images partent en dernier.
portal-film-help = Ce qu’a dit le boîtier figure à côté de chaque anomalie. Rien n’est choisi à votre place.
portal-film-send-help = Le boîtier la montre comme second avis, sous votre nom. Elle ne remplace aucun compte rendu.
portal-film-send = Donner cette lecture
portal-announced-title = Annoncés par SMS
portal-announced-intro = Résultats urgents de boîtiers sans liaison. Appelez le centre et donnez le numéro de l’examen : il n’y a pas encore de radio à lire.
portal-announced-waits = La radio n’est pas arrivée.
portal-announced-overdue = La radio n’est pas arrivée depuis deux semaines. Demandez au centre.
portal-announced-missing = Le boîtier a un reçu pour cet enregistrement, mais il n’est pas ici. Prévenez l’administrateur du portail.
portal-announced-differs = L’enregistrement est arrivé et dit autre chose. Regardez la radio et appelez le centre.
portal-announced-seen = Je l’ai vu
portal-announced-known = connu du boîtier { $time }
portal-announced-came = SMS { $time }
portal-announced-more = et d’autres constatations
portal-alert-open = Au centre, personne n’a pris l’alerte.
portal-alert-acknowledged = Au centre, quelqu’un a pris l’alerte.
portal-alert-none = Au centre, il n’y a pas eu d’alerte.
portal-box-announced = { $count ->
        [one] { $count } résultat urgent a été annoncé par SMS ; son enregistrement n’est pas arrivé
       *[other] { $count } résultats urgents ont été annoncés par SMS ; leurs enregistrements ne sont pas arrivés
    }
portal-box-contradictions = { $count ->
        [one] { $count } enregistrement ne correspond pas à son SMS
       *[other] { $count } enregistrements ne correspondent pas à leurs SMS
    }
portal-box-incomplete = { $count ->
        [one] il manque l’autre moitié de { $count } SMS
       *[other] il manque l’autre moitié de { $count } SMS
    }
portal-state-announced = L’enregistrement et le SMS ne correspondent pas
    .next = Un lecteur les trouve au-dessus des radios à lire.
review-by = Second avis du portail : { $name }, { $time }
review-beyond = Voit ce que le boîtier n’avait pas signalé : { $findings }. Regardez de nouveau le cliché.
review-other-film = Il porte sur une autre photo de cet examen que celle montrée ici.
review-beside = Il se place à côté de la lecture du boîtier et du compte rendu, et n’en remplace aucun.
review-seen = Je l’ai regardé
review-seen-help = La liste de travail montre cet examen en haut jusqu’à ce qu’un médecin ait signé depuis, ou dise ici l’avoir regardé.
review-take = Reprendre ces phrases
review-alarm = Examen { $number } : le portail voit plus que le boîtier. Un médecin doit regarder.
review-alarm-mark = Le portail voit plus
orders-title = Demandes du portail
orders-intro = Tout ce que le portail a demandé à ce boîtier, et ce qu’il en est advenu. Rien sur les patients n’est affiché ici.
orders-set-title = Réglages du portail en vigueur
orders-list-title = Demandes
orders-none = Le portail n’a rien demandé.
order-kind-wipe = Tout détruire sur ce boîtier
order-kind-review = Second avis sur un cliché
order-kind-settings = Changement de réglages
order-kind-support = L’assistance demande à voir l’état du boîtier
order-kind-bundle = Nouvelle version du portail
order-kind-withdraw_bundle = Le portail retire une version
order-kind-certificate = Certificat pour les pages en HTTPS
order-kind-other = Une chose que ce programme ne connaît pas : { $kind }
order-sent = Pas encore parvenu au boîtier
order-kept = Gardé, non exécuté
order-waiting = Attend la réponse d’une personne
order-agreed = Accord donné, en route vers le portail
order-done = Fait
order-refused = Non fait
order-withdrawn = Retiré
order-untold = le portail ne le sait pas encore
order-refused-unreadable = le programme du boîtier ne peut pas le lire
order-refused-study_unknown = le boîtier n’a pas cet examen
order-refused-setting_unknown = un portail ne peut pas changer ce réglage
order-refused-setting_invalid = le réglage ne peut pas avoir cette valeur
order-refused-expired = une demande plus récente est arrivée avant
order-refused-declined = une personne près du boîtier a refusé
order-refused-bad_signature = personne en qui le boîtier a confiance ne l’a signée
order-refused-damaged = ce qui est arrivé est abîmé, ou n’est pas ce qui était demandé
order-refused-older = le boîtier a une version plus récente
order-refused-other_machine = elle est faite pour un autre type de boîtier
order-refused-from_too_old = la version du boîtier est trop ancienne pour elle
order-refused-from_too_new = la version du boîtier est plus récente que ce qu’elle attend
order-refused-database_newer = elle ne connaît pas la base de données du boîtier
order-refused-no_room = il y a trop peu de place sur le disque
order-refused-no_slots = le boîtier n’est pas prévu pour les mises à jour
order-refused-trial_failed = elle a échoué lors de l’essai sur la copie
order-refused-went_back = elle n’a pas démarré ; le boîtier est revenu en arrière
order-refused-install_failed = quelque chose a échoué pendant l’installation
order-refused-withdrawn = le portail l’a retirée
order-refused-no_https = le boîtier n’a pas de pages en HTTPS
order-refused-certificate_damaged = ce n’est pas un certificat, ou sa chaîne ne tient pas
order-refused-certificate_sealed = sa clé n’est pas chiffrée pour ce boîtier : envoyez-le de nouveau
order-refused-certificate_key = sa clé n’est pas la sienne
order-refused-certificate_names = il n’a aucun nom qu’un téléphone puisse demander
order-refused-certificate_ended = il est échu selon l’horloge du boîtier
order-refused-consent_ended = l’accord a pris fin avant que le portail ait le fichier
order-times = Demande { $number } · faite le { $made } · arrivée le { $taken }
order-set = { $setting } : { $value } · fixé par { $name } · { $time } · demande { $number }
portal-setting-support_contact = Qui appeler
portal-setting-metered = L’envoi coûte de l’argent (les clichés attendent)
portal-setting-budget_mib_per_day = Limite par jour, Mio
support-asked = { $name }, du portail, demande que l’assistance voie l’état de ce boîtier pendant { $count } heures
support-asked-next = Une personne qui peut mettre à jour le boîtier répond sur la page de l’assistance.
support-allow = Oui, pour cette durée
support-decline = Non

## What a portal proposes, keys that change, orders that cannot be trusted
credit-title = Cités dans le compte rendu
credit-help = L’auteur des phrases reprises est cité à côté de votre signature. Retirez la marque s’il ne reste aucune de ses phrases.
credit-review = Avec des phrases du second avis de { $name }, { $time }
credit-amendment = Selon la proposition de { $name } du portail, { $time }
proposal-by = Modification de la version { $version } proposée par le portail : { $name }, { $time }
proposal-why = Motif :
proposal-older = Elle porte sur une version plus ancienne : une autre a été signée depuis. Comparez les deux avant de décider.
proposal-beside = Elle ne change rien par elle-même. Un médecin d’ici la reprend ou la refuse.
proposal-take = La regarder et la reprendre
proposal-decline = La refuser
proposal-decline-why = Pourquoi la refusez-vous ?
proposal-decline-help = Le portail reçoit ces mots.
proposal-decline-send = Refuser
proposal-taken = Reprise dans la version { $version } par { $name }, { $time }
proposal-declined = Refusée par { $name }, { $time } : { $reason }
proposal-filled = Le formulaire contient ce que propose { $name }. Vérifiez tout, puis signez-le comme votre propre modification, ou quittez la page.
proposal-over-draft = Ce qui était enregistré sans être signé est remplacé quand vous enregistrez ici.
proposal-alarm = Examen { $number } : le portail propose de modifier le compte rendu signé. Un médecin doit répondre.
proposal-mark = Modification proposée
alert-by-portal = Un radiologue du portail le voit.
order-kind-amendment = Modification proposée d’un compte rendu signé
order-kind-rotate = Nouvelle clé pour ce boîtier
order-kind-portal_key = Nouvelle clé du portail
order-refused-version_unknown = le compte rendu n’a pas cette version sur le boîtier
order-refused-unverifiable = le portail ne l’a pas signée pour ce boîtier, ou elle ne peut pas être gardée
orders-parked-title = Demandes auxquelles on ne peut se fier
orders-parked-what = Elles sont venues au nom du portail, qui ne les a pas signées pour ce boîtier, ou elles ne peuvent pas être gardées. Rien n’est fait pour elles. Prévenez le responsable du portail.
order-parked-times = Demande { $number } · arrivée le { $taken }
box-key-title = Clé de ce boîtier
box-name-line = Nom : { $name }
box-key-line = Clé : { $key }… · changements jusqu’ici : { $count }
box-key-waits = Une nouvelle clé attend. Elle sert dès que le portail en a été informé.
box-key-help = Par sa clé, le boîtier prouve au portail qui il est. Une nouvelle prend sa place sans que rien soit renvoyé. Après un vol, c’est au portail d’exclure le boîtier.
box-key-new = Créer une nouvelle clé
carry-orders = Demandes du portail qu’elle contenait : { $count }.
portal-amend-title = Proposer une modification
portal-amend-open = Proposer une modification
portal-amend-back = Retour au cliché
portal-amend-by = Modification proposée : { $name }, { $time }
portal-amend-help = Le formulaire commence par ce que le médecin du boîtier a signé. Changez ce que vous voyez autrement.
portal-amend-send-help = Le compte rendu signé reste tel quel. La proposition va au boîtier, où un médecin la reprend ou la refuse.
portal-amend-send = Proposer cette modification
portal-amend-given = La proposition part vers le boîtier à son prochain contact.
portal-amend-newer = Le boîtier a signé une autre version depuis. Rien n’a été envoyé : regardez la nouvelle version, puis proposez de nouveau.
portal-amend-no-reason = Dites pourquoi le compte rendu doit être modifié.
carry-ask = Enregistrer un fichier pour recevoir les demandes du portail
# Ce que d’autres que les boîtiers envoient au portail, et ce qui part pour DHIS2.
portal-foreign-title = Clichés d’autres systèmes
portal-foreign-intro = Envoyé par un système d’imagerie qui a une clé de ce portail. Aucun boîtier n’a lu ce cliché, et aucun avis ne peut être donné ici.
portal-foreign-conflict = Deux contenus sont venus sous un même numéro. Les deux sont gardés et montrés : demandez à qui les a envoyés.
portal-foreign-conflict-mark = Deux contenus
portal-foreign-alt = Image du cliché telle que l’autre système l’a envoyée ; ouvrez-la pour la voir en grand
portal-foreign-others = { $count } autres objets de cet examen n’ont pas d’image.
portal-sources-title = Autres systèmes
portal-source-held = { $objects } objets DICOM et { $bundles } lots FHIR sont gardés
portal-source-closed = ne peut plus envoyer
portal-source-conflicts = { $count } objets sont venus sous un numéro avec deux contenus ; tous sont gardés
portal-dhis2-title = Pour DHIS2
portal-dhis2-since = Clichés dont quelque chose est arrivé ce jour ou plus tard ; vide : tous
portal-dhis2-save = Enregistrer le fichier
# Le programme en chiffres, sur les pages du portail.
programme-title = Programme
programme-intro = Ce que les boîtiers de ce portail ont envoyé, en chiffres. Personne n’est nommé ici.
programme-period = Semaines
programme-weeks = Les { $count } dernières semaines
programme-site = Centre
programme-all-sites = Tous les centres
programme-show = Afficher
programme-look-title = À regarder de plus près
programme-films = Clichés
programme-signed = Avec un compte rendu signé
programme-photos-refused = Photos refusées
programme-unscored = Sans score pour la tuberculose
programme-suspects = Personnes avec suspicion de tuberculose
programme-tested = Testées
programme-undated = Sans date confirmée
programme-undated-help = Rien n’avait confirmé l’horloge du boîtier. Ils sont comptés ici, et dans aucune semaine.
programme-answer = De l’alerte à la réponse
programme-untimed = Réponse à une heure non confirmée
programme-all = Toutes ces semaines
programme-no-time = pas de durée sûre
programme-hours = { $count } h
programme-of = { $part } sur { $whole }
programme-people-note = Une personne compte une fois, dans la semaine du premier cliché qui a fait naître la suspicion ; les clichés, examens et issues des 90 jours suivants en font partie. Au-dessous de 5, aucun pourcentage n’est affiché.
programme-voided = { $count ->
        [one] { $count } étude annulée n’est pas comptée.
       *[other] { $count } études annulées ne sont pas comptées.
    }
programme-chart-films = Clichés de chaque semaine selon le score de tuberculose
programme-chart-cascade = De la suspicion à la confirmation, par semaine
programme-numbers = La même chose en chiffres
programme-week = Semaine
programme-by-site = Par centre
programme-csv = Tableau pour un tableur (CSV)
programme-table-below = Les chiffres sont au-dessous.
programme-band-age = trop jeune, ou âge inconnu
programme-band-model = les réseaux ne se prononcent pas
programme-band-unsaid = le boîtier n’a pas dit pourquoi
programme-band-no_reading = aucune photo n’a encore pu être lue
programme-band-coming = la lecture n’est pas encore arrivée
programme-look-quiet = aucun cliché depuis { $days } jours
    .next = Appelez le centre : le boîtier sert-il, la lumière est-elle bonne, quelqu’un a-t-il besoin d’aide ?
programme-look-never = aucun cliché depuis son inscription
    .next = Appelez le centre : le boîtier est-il installé, et quelqu’un sait-il s’en servir ?
programme-look-refused = { $share } photos des 4 dernières semaines ont été refusées
    .next = Demandez une photo refusée et parcourez la page d’aide avec les personnes sur place : lumière, distance, main stable.
programme-look-share = { $now } scores des 4 dernières semaines sont au-dessus du seuil ; d’habitude ici { $usual }
    .next = Demandez ce qui a changé : d’autres patients, un autre négatoscope ou téléphone, un autre réseau. Faites regarder quelques clichés par un médecin.
programme-look-undated = { $count ->
        [one] { $count } cliché n’a pas de date confirmée
       *[other] { $count } clichés n’ont pas de date confirmée
    }
    .next = Faites régler l’horloge du boîtier, ou joindre son serveur de temps : les heures des alertes manquent aussi.
programme-more-sites = { $count } centres de plus ne sont pas affichés : triez par une autre colonne, ou prenez le tableau ci-dessous.
programme-more-looks = { $count } de plus ne sont pas affichés : choisissez un centre.
portal-state-unwell = Quelque chose sur le boîtier demande une personne
    .next = Ce que c’est figure ci-dessous. La page « État du boîtier » y dit quoi faire.
portal-box-models = Réseaux : { $models }
portal-box-passed-over = Réseaux choisis qui n’ont pas pu servir : { $count }
portal-box-hot = Le boîtier est trop chaud
portal-box-certificate = Un certificat venu d’ailleurs pour ses pages en HTTPS : échéance le { $time }

## The portal and the ways to people, as they are set on pages

connect-title = Portail de ce boîtier
connect-intro = Un portail réunit ce que lisent de nombreux boîtiers et dit ce qu’il a reçu. Un boîtier lit aussi les clichés sans portail.
connect-known = Le portail utilisé
connect-address = Adresse : { $url }
connect-key = Clé du portail : { $key }…
connect-enrolled = Le portail a inscrit ce boîtier.
connect-not-enrolled = Le portail n’a pas encore inscrit ce boîtier. Le boîtier essaie de lui-même dès qu’il y a une liaison.
connect-carries = Sans liaison, les enregistrements peuvent y être portés dans un fichier.
connect-carries-not = Aucun fichier ne peut y être porté : la ligne « recipient » manque.
connect-metered-on = Les clichés attendent, car l’envoi est payant.
connect-sms-line = Les résultats urgents sont annoncés par SMS au { $number } quand aucune liaison ne vient.
connect-fault = En ce moment : { $reason }
connect-put-aside = Ce boîtier n’a pas de portail. Les enregistrements y restent.
connect-form = Relier
connect-change = Modifier
connect-text = Ce que le portail a imprimé pour ce boîtier
connect-text-help = Collez les lignes ou le lien envoyés par l’administrateur du portail. Si l’adresse y est {"ADDRESS"}, écrivez l’adresse plus bas.
connect-single = Ou écrivez-le ligne par ligne
connect-url = Adresse
connect-url-help = Par exemple {"portal.example:8443"}
connect-portal-key = Clé du portail
connect-portal-key-help = 64 chiffres et lettres. Comparez-les avec le portail : le boîtier ne parle à personne d’autre.
connect-code = Code à usage unique
connect-code-help = Il sert une fois, pendant une semaine. Laissez vide si seule l’adresse a changé.
connect-recipient = Pour les fichiers portés (peut rester vide)
connect-recipient-help = La ligne « recipient » ; elle commence par {"age1"}.
connect-sms = Numéro de téléphone du portail (peut rester vide)
connect-sms-help = Avec l’indicatif du pays. Les résultats urgents y sont annoncés par SMS quand aucune liaison ne vient.
connect-metered = L’envoi est payant : les clichés attendent, tout le reste part
connect-other = Avec la clé d’un autre portail, ce boîtier quitte celui ci-dessus et envoie au nouveau tout ce qu’il contient. Ce que le portail ci-dessus a reçu y reste.
connect-other-agree = Oui, vers un autre portail
connect-submit = Relier
connect-change-submit = Enregistrer et relier
connect-leave = Quitter le portail
connect-leave-there = Ce que le portail a reçu y reste. Demandez à son administrateur d’exclure ce boîtier.
connect-leave-here = Tout reste sur ce boîtier. Ce qui n’est pas envoyé et ce qui viendra attend ici jusqu’à ce qu’un portail soit de nouveau configuré.
connect-leave-set = Les réglages faits ici par le portail restent en vigueur.
connect-leave-agree = J’ai lu ceci : plus de portail désormais
connect-leave-submit = Quitter le portail
connect-none = Pas de portail
connect-none-what = Lectures, comptes rendus et clichés restent alors sur ce seul boîtier. Un portail peut être configuré plus tard ; il reçoit alors tout.
connect-none-submit = Ce boîtier n’a pas de portail
chosen-fixed = Ceci figure dans le fichier de réglages du boîtier et ne peut être changé que là.
chosen-damaged = Une partie de ce qui a été enregistré sur cette page ne peut plus être lue. Veuillez la saisir de nouveau.
ways-title = Voies des alertes
ways-intro = Comment les alertes quittent ce boîtier : par Telegram, par SMS, ou les deux. Les jetons et mots de passe restent sur le boîtier et ne sont plus jamais affichés.
ways-bot-none = Aucun bot n’est configuré.
ways-bot-named = Le bot est @{ $name }.
ways-bot-unnamed = Un bot est configuré. Il n’a pas encore répondu.
ways-token = Jeton du bot
ways-token-help = Écrivez {"/newbot"} à BotFather dans Telegram. Il répond par un jeton : des chiffres, deux-points et une trentaine de lettres et de chiffres.
ways-bot-use = Utiliser ce bot
ways-bot-change = Utiliser un autre jeton
ways-bot-forget = Ne plus utiliser Telegram
ways-sms-title = SMS
ways-sms-none = Aucune voie n’est configurée.
ways-sms-one = Choisissez-en une. Une nouvelle voie prend la place de la précédente.
ways-now-modem-any = Par le modem du boîtier.
ways-now-modem = Par le modem { $name }.
ways-now-phone = Par le téléphone à l’adresse { $host }, utilisateur { $user }.
ways-now-gateway = Par la passerelle { $host }.
ways-now-spool = Par gammu-smsd dans { $folder }.
ways-modem = Le modem du boîtier
ways-modem-help = Un modem avec une carte SIM. Le code PIN de la carte doit être désactivé.
ways-modem-which = Quel modem (peut rester vide)
ways-modem-which-help = Son IMEI, son appareil ou son port, s’il y en a plusieurs.
ways-modem-use = Utiliser le modem
ways-phone = Un téléphone avec l’application {"“SMS Gateway for Android”"}
ways-phone-help = Activez {"“Local server”"} dans l’application. Elle affiche l’adresse, l’utilisateur et le mot de passe.
ways-phone-url = Adresse, précédée de {"http://"}
ways-user = Utilisateur
ways-password = Mot de passe
ways-signing-key = Clé de signature des webhooks (peut rester vide)
ways-signing-key-help = Seulement si l’application appelle le boîtier par webhooks.
ways-phone-use = Utiliser le téléphone
ways-gateway = Une autre passerelle
ways-gateway-url = Adresse
ways-gateway-url-help = {"{to}"} et {"{text}"} représentent le numéro et le texte, {"{secret}"} le mot de passe.
ways-gateway-body = Ce qui est envoyé (peut rester vide)
ways-gateway-body-help = Avec {"{to}"} et {"{text}"}. Si c’est vide, l’adresse est simplement appelée.
ways-gateway-user = Utilisateur (peut rester vide)
ways-gateway-secret = Mot de passe ou jeton (peut rester vide)
ways-gateway-use = Utiliser la passerelle
ways-sms-forget = Ne plus utiliser les SMS
ways-try-title = Est-ce que cela marche ?
ways-then = Ensuite, chaque personne à prévenir écrit son numéro ou associe une discussion, et l’essaie.
restart-title = Le boîtier redémarre
restart-saved = Enregistré.
restart-what = Le boîtier redémarre avec les nouveaux réglages. Cela prend jusqu’à une minute ; cette page continue d’elle-même.
restart-queue = Rien n’est perdu : le cliché en cours de lecture est lu jusqu’au bout, les autres attendent, et les messages partent ensuite.
restart-go = Continuer
first-portal = Le portail, ou aucun
    .how = Reliez le boîtier au portail de votre district, ou dites qu’il n’y en a pas.
    .aside = Ce boîtier n’a pas de portail.
    .unreached = Il est configuré. Le portail n’a pas encore inscrit le boîtier.
    .enrolled = Le portail a inscrit le boîtier.
fault-FR-809 = Ceci est fixé dans le fichier de réglages du boîtier.
    .next = Changez-le là. S’il en est retiré, il peut être réglé sur cette page.
field-portal_url = Une adresse qui commence par {"https://"}, par exemple {"https://portal.example:8443"}.
field-portal_key = 64 chiffres et lettres, comme le portail les affiche.
field-portal_code = Le code imprimé par le portail, comme {"ABCDE-FGHJK"}.
field-portal_recipient = Toute la ligne qui commence par {"age1"}, ou rien.
field-portal_sms = Un numéro avec l’indicatif du pays, comme {"+911140000000"}, ou rien.
field-bot_token = Ce n’est pas le jeton d’un bot. Copiez-le de nouveau de BotFather.
field-modem = Une ligne, ou rien.
field-phone_url = L’adresse affichée par l’application, comme {"http://192.168.43.1:8080"}.
field-phone_user = L’utilisateur affiché par l’application.
field-phone_password = Le mot de passe affiché par l’application.
field-phone_signing_key = Une ligne, ou rien.
field-gateway_url = Une adresse qui commence par {"http://"} ou {"https://"}. {"{to}"} doit y figurer, ou dans ce qui est envoyé.
field-gateway_body = 2000 caractères au plus.
field-gateway_user = Une ligne, ou rien.
field-gateway_secret = Une ligne, ou rien.
