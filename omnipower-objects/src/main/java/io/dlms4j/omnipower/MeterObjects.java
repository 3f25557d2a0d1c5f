package io.dlms4j.omnipower;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.Hdlc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Binds the objects of the catalogue to a backend: what each of them reads, by its name. */
final class MeterObjects {
  private static final int LONG_NOT_SPECIFIED = -0x8000;
  private static final int INTERNAL_CRYSTAL = 1;
  private static final int BAUD_9600 = 5;
  private static final int WINDOW_SIZE = 1;

  private final Catalogue catalogue;
  private final MeterBackend backend;
  private final Hdlc hdlc;
  private final int physicalAddress;

  MeterObjects(Catalogue catalogue, MeterBackend backend, Hdlc hdlc, int physicalAddress) {
    this.catalogue = catalogue;
    this.backend = backend;
    this.hdlc = hdlc;
    this.physicalAddress = physicalAddress;
  }

  /** The name of the register of an energy. */
  static String registerName(EnergyKind kind) {
    return switch (kind) {
      case A_PLUS -> "A14";
      case A_MINUS -> "A23";
      case R_PLUS -> "R12";
      case R_MINUS -> "R34";
    };
  }

  /** The objects of the management logical device, which the public association sees. */
  List<CosemObject> managementObjects() {
    List<CosemObject> objects = new ArrayList<>();
    objects.add(hdlcSetup());
    objects.add(clock());
    objects.add(data("MeterNoLow", () -> highOctets(backend.identity().meterNumberLow())));
    objects.add(number("MeterNo1", () -> backend.identity().meterNumber1()));
    objects.add(number("MeterNo2", () -> backend.identity().meterNumber2()));
    objects.add(number("MeterNo3", () -> backend.identity().meterNumber3()));
    objects.add(text("IdentificationNumber", () -> backend.identity().identificationNumber()));
    objects.add(
        text("SoftwareNumberRevisionAscii", () -> backend.identity().softwareNumberAndRevision()));
    objects.add(text("SoftwareRevision", () -> backend.identity().softwareRevision()));
    objects.add(number("SpecialData", () -> backend.identity().specialData1()));
    objects.add(number("SpecialData2", () -> backend.identity().specialData2()));
    objects.add(number("SerialNo", () -> backend.identity().serialNumber()));
    objects.add(text("CompleteMeterTypeNo", () -> backend.identity().typeNumber()));
    return objects;
  }

  /** The objects that the electric meter has besides. */
  List<CosemObject> meteringObjects() {
    List<CosemObject> objects = new ArrayList<>();
    objects.add(data("Format_KMP_Energy", () -> CosemData.unsigned(backend.energyFormat())));
    for (EnergyKind kind : EnergyKind.values()) {
      objects.add(register(kind));
    }
    objects.add(LoadProfileObject.create(catalogue, backend));
    return objects;
  }

  /**
   * Three octets, the high ones of the meter number (vendor's examples 69855 of 17882969, 74543 of
   * 19083074).
   */
  private static CosemData highOctets(int value) {
    return CosemData.octetString(
        Octets.of((value >>> 16) & 0xFF, (value >>> 8) & 0xFF, value & 0xFF));
  }

  private CosemObject number(String name, Supplier<Long> value) {
    return data(name, () -> CosemData.doubleLongUnsigned(value.get()));
  }

  private CosemObject text(String name, Supplier<String> value) {
    return data(name, () -> CosemData.visibleString(value.get()));
  }

  /** A Data object whose value has the type that the catalogue gives it. */
  private CosemObject data(String name, Supplier<CosemData> value) {
    CatalogueEntry entry = catalogue.entry(name);
    return CosemObject.builder(entry.classId(), entry.version(), entry.logicalName())
        .attribute(2, () -> checked(entry, value.get()))
        .build();
  }

  private static CosemData checked(CatalogueEntry entry, CosemData value) {
    DataTag type = entry.type();
    if (type != null && value.tag() != type) {
      throw new IllegalStateException(entry.name() + " is " + type + ", not " + value);
    }
    return value;
  }

  private CosemObject register(EnergyKind kind) {
    CatalogueEntry entry = catalogue.entry(registerName(kind));
    CosemData scalerUnit = new ScalerUnit(0, entry.unit()).encode();
    return CosemObject.builder(entry.classId(), entry.version(), entry.logicalName())
        .attribute(2, () -> checked(entry, CosemData.doubleLongUnsigned(backend.energy(kind))))
        .attribute(3, () -> scalerUnit)
        .build();
  }

  private CosemObject clock() {
    CatalogueEntry entry = catalogue.entry("Clock");
    MeterClock clock = backend.clock();
    return CosemObject.builder(entry.classId(), entry.version(), entry.logicalName())
        .attribute(2, () -> dateTime(clock.time()))
        // time_zone is not used (vendor's DLMS description, 3.5).
        .attribute(3, () -> CosemData.longInteger(LONG_NOT_SPECIFIED))
        .attribute(4, () -> CosemData.unsigned(MeterTimes.toDateTime(clock.time()).clockStatus()))
        .attribute(5, () -> dateTime(clock.daylightSavingBegin()))
        .attribute(6, () -> dateTime(clock.daylightSavingEnd()))
        .attribute(7, () -> CosemData.integer(clock.daylightSavingDeviation()))
        .attribute(8, () -> CosemData.bool(clock.daylightSavingEnabled()))
        .attribute(9, () -> CosemData.enumerated(INTERNAL_CRYSTAL))
        .build();
  }

  private static CosemData dateTime(MeterTime time) {
    return CosemData.octetString(MeterTimes.encode(time));
  }

  private CosemObject hdlcSetup() {
    CatalogueEntry entry = catalogue.entry("HdlcSetup");
    return CosemObject.builder(entry.classId(), entry.version(), entry.logicalName())
        .attribute(2, () -> CosemData.enumerated(BAUD_9600))
        .attribute(3, () -> CosemData.unsigned(WINDOW_SIZE))
        .attribute(4, () -> CosemData.unsigned(WINDOW_SIZE))
        .attribute(5, () -> CosemData.longUnsigned(hdlc.maxInformationFieldLengthTransmit()))
        .attribute(6, () -> CosemData.longUnsigned(hdlc.maxInformationFieldLengthReceive()))
        .attribute(7, () -> CosemData.longUnsigned((int) hdlc.interOctetTimeout().toMillis()))
        .attribute(8, () -> CosemData.longUnsigned((int) hdlc.inactivityTimeout().toSeconds()))
        .attribute(9, () -> CosemData.longUnsigned(physicalAddress))
        .build();
  }
}
