"""python-dbusmock's ModemManager with what its template leaves out: text messages, reports, resets.

Loaded as `python3 -m dbusmock --template tests/peers/modemmanager.py`. Interfaces, properties and numbers
are those of ModemManager's own reference. A test drives it over the same bus, by the methods at the end.
"""

import itertools
import time

import dbus
from dbusmock import MOCK_IFACE, mockobject
from dbusmock.templates import modemmanager as template
from dbusmock.templates.modemmanager import (  # noqa: F401  the loader looks for these here
    BUS_NAME,
    IS_OBJECT_MANAGER,
    MAIN_IFACE,
    MAIN_OBJ,
    SYSTEM_BUS,
    AddSimpleModem,
    load,
)

MESSAGING = "org.freedesktop.ModemManager1.Modem.Messaging"
SMS = "org.freedesktop.ModemManager1.Sms"
SIM = "/org/freedesktop/ModemManager1/SIM/2"

numbers = itertools.count(1)
references = itertools.count(41)
sent = []
behaviour = {"send": "well"}


def is_sms(path):
    return path.startswith("/org/freedesktop/ModemManager1/SMS/")


def list_sms(_):
    return [dbus.ObjectPath(path) for path in mockobject.objects if is_sms(path)]


def add_sms(self, number, text, state, pdu, reference, delivery):
    path = f"/org/freedesktop/ModemManager1/SMS/{next(numbers)}"
    properties = {
        "State": dbus.UInt32(state),
        "PduType": dbus.UInt32(pdu),
        "Number": dbus.String(number),
        "Text": dbus.String(text),
        "MessageReference": dbus.UInt32(reference),
        "DeliveryState": dbus.UInt32(delivery),
    }
    self.AddObject(path, SMS, properties, [("Send", "", "", send)])
    return path


def create(self, properties):
    assert properties["delivery-report-request"], "a message without a report"
    return add_sms(self, properties["number"], properties["text"], 0, 2, 0, 0x100)


def send(self):
    how = behaviour["send"]
    if how == "hang":
        # The daemon itself does not answer for a while, as with a modem that blocks its port.
        behaviour["send"] = "well"
        time.sleep(12)
        return
    if how != "well":
        raise dbus.exceptions.DBusException("as told", name=how)
    number, text = (self.Get(SMS, name) for name in ("Number", "Text"))
    sent.append((number, text))
    self.UpdateProperties(
        SMS, {"State": dbus.UInt32(5), "MessageReference": dbus.UInt32(next(references))}
    )


def delete(self, path):
    self.RemoveObject(path)


def reset(self):
    """The modem goes from the bus and comes back under another path, without its messages."""
    for path in [path for path in mockobject.objects if is_sms(path)]:
        self.RemoveObject(path)
    number = int(self.path.rsplit("/", 1)[1]) + 1
    self.RemoveObject(SIM)
    self.RemoveObject(self.path)
    template.SIMPLE_MODEM_PATH = f"/org/freedesktop/ModemManager1/Modems/{number}"
    behaviour["send"] = "well"
    add_modem(mockobject.objects[MAIN_OBJ], 8)


def add_modem(manager, state):
    path, _ = manager.AddSimpleModem()
    modem = mockobject.objects[path]
    modem.AddProperties(
        "org.freedesktop.ModemManager1.Modem.Messaging",
        {"Messages": dbus.Array([], signature="o"), "DefaultStorage": dbus.UInt32(1)},
    )
    modem.AddMethods(
        MESSAGING,
        [
            ("List", "", "ao", list_sms),
            ("Create", "a{sv}", "o", create),
            ("Delete", "o", "", delete),
        ],
    )
    modem.AddMethods(template.MODEM_IFACE, [("Reset", "", "", reset), ("Enable", "b", "", "")])
    modem.AddProperty(template.MODEM_IFACE, "EquipmentIdentifier", dbus.String("359072060000000"))
    set_state(modem, state)
    return path


def set_state(modem, state):
    modem.UpdateProperties(template.MODEM_IFACE, {"State": dbus.Int32(state)})


@dbus.service.method(MOCK_IFACE, in_signature="i", out_signature="o")
def PlugIn(self, state):
    """Adds the modem, in that state."""
    return add_modem(self, state)


@dbus.service.method(MOCK_IFACE, in_signature="i", out_signature="")
def SetState(self, state):
    """The modem changes."""
    set_state(mockobject.objects[template.SIMPLE_MODEM_PATH], state)


@dbus.service.method(MOCK_IFACE, in_signature="s", out_signature="")
def Behave(self, how):
    """What the next messages do: "well", "hang", or the name of an error."""
    behaviour["send"] = how


@dbus.service.method(MOCK_IFACE, in_signature="ssuuu", out_signature="")
def Arrive(self, number, text, pdu, reference, delivery):
    """A message comes in: somebody's (1), or the network's report (3)."""
    path = add_sms(self, number, text, 3, pdu, reference, delivery)
    modem = mockobject.objects[template.SIMPLE_MODEM_PATH]
    modem.EmitSignal(MESSAGING, "Added", "ob", [dbus.ObjectPath(path), True])


@dbus.service.method(MOCK_IFACE, in_signature="", out_signature="as")
def Sent(self):
    """Everything that left, as "number text"."""
    return dbus.Array([f"{number} {text}" for number, text in sent], signature="s")


@dbus.service.method(MOCK_IFACE, in_signature="", out_signature="u")
def HeldCount(self):
    """How many messages the modem holds."""
    return dbus.UInt32(len(list_sms(self)))
