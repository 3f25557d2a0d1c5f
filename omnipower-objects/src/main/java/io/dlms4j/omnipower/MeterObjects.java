package io.dlms4j.omnipower;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterTimes;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.CosemObjectBuilder;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.WriteRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Binds Data objects, registers and extended registers to a backend (DLMS description 3.1 to 3.3):
 * all of them in the same way, by their entries of the catalogue.
 */
final class MeterObjects {
  private final MeterBackend backend;

  MeterObjects(MeterBackend backend) {
    this.backend = backend;
  }

  /** An object of class 1. */
  CosemObject data(CatalogueEntry entry) {
    return value(entry).build();
  }

  /** An object of class 3: attributes 1 to 3. */
  CosemObject register(CatalogueEntry entry) {
    return scaled(entry).build();
  }

  /** An object of class 4: attributes 1 to 3 and 5; status, attribute 4, is not supported. */
  CosemObject extendedRegister(CatalogueEntry entry) {
    return scaled(entry).attribute(5, () -> captureTime(entry)).build();
  }

  private CosemObjectBuilder scaled(CatalogueEntry entry) {
    return value(entry).attribute(3, () -> entry.scalerUnit(backend.energyResolution()).encode());
  }

  private CosemObjectBuilder value(CatalogueEntry entry) {
    CosemObjectBuilder object =
        CosemObject.builder(entry.classId(), entry.version(), entry.logicalName());
    return switch (entry.access()) {
      case CAPTURED_ONLY -> throw new IllegalArgumentException(entry.name() + " is no object");
      case READ -> object.attribute(2, () -> read(entry));
      case WRITE, READ_AND_WRITE, READ_AND_WRITE_BY_PRIMARY_MODULE ->
          object.attribute(
              2,
              List.of(),
              request -> ReadResult.of(read(entry)),
              request -> write(entry, request));
    };
  }

  private CosemData captureTime(CatalogueEntry entry) {
    return CosemData.octetString(
        backend
            .captureTime(entry)
            .map(time -> MeterTimes.encode(backend.clock().display(time)))
            .orElseGet(MeterTimes::never));
  }

  private CosemData read(CatalogueEntry entry) {
    CosemData value =
        backend
            .read(entry)
            .or(() -> identity(entry, backend.identity()))
            .orElseGet(() -> byDefault(entry));
    if (value.tag() != entry.type()) {
      throw new IllegalStateException(
          entry.name() + " is " + entry.type() + ", and the backend gave " + value.tag());
    }
    return value;
  }

  private CompletionStage<DataAccessResult> write(CatalogueEntry entry, WriteRequest request) {
    CosemData given = request.value().value();
    return CompletableFuture.completedStage(
        given.tag() == entry.type()
            ? backend.write(entry, given)
            : DataAccessResult.TYPE_UNMATCHED);
  }

  private static CosemData byDefault(CatalogueEntry entry) {
    if (entry.holdsNumber()) {
      return entry.number(entry.numberByDefault());
    }
    return entry.type() == DataTag.VISIBLE_STRING
        ? CosemData.visibleString("")
        : CosemData.octetString(Octets.EMPTY);
  }

  /** Numbers and names, unless they have been written, which the backend knows then. */
  private static Optional<CosemData> identity(CatalogueEntry entry, MeterIdentity identity) {
    return switch (entry.name()) {
      case "MeterNoLow" -> Optional.of(threeOctets(identity.meterNumberLow()));
      case "MeterNo1" -> Optional.of(entry.number(identity.meterNumber1()));
      case "MeterNo2" -> Optional.of(entry.number(identity.meterNumber2()));
      case "MeterNo3" -> Optional.of(entry.number(identity.meterNumber3()));
      case "SerialNo" -> Optional.of(entry.number(identity.serialNumber()));
      case "SpecialData" -> Optional.of(entry.number(identity.specialData1()));
      case "SpecialData2" -> Optional.of(entry.number(identity.specialData2()));
      case "IdentificationNumber" -> text(identity.identificationNumber());
      case "SoftwareNumberRevisionAscii" -> text(identity.softwareNumberAndRevision());
      case "SoftwareRevision" -> text(identity.softwareRevision());
      case "CompleteMeterTypeNo" -> text(identity.typeNumber());
      default -> Optional.empty();
    };
  }

  private static Optional<CosemData> text(String text) {
    return Optional.of(CosemData.visibleString(text));
  }

  /**
   * Three octets, the high ones of the meter number (vendor's examples 69855 of 17882969, 74543 of
   * 19083074).
   */
  private static CosemData threeOctets(int value) {
    return CosemData.octetString(
        Octets.of((value >>> 16) & 0xFF, (value >>> 8) & 0xFF, value & 0xFF));
  }
}
