package io.dlms4j.omnipower;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.backend.MeterTimes;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.ReadResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The clock (class 8, version 0; DLMS description 3.5). Its status has two bits only: 0, the time
 * is invalid, and 7, daylight saving has been added.
 */
final class ClockObject {
  private static final int LONG_NOT_SPECIFIED = -0x8000;
  private static final int INTERNAL_CRYSTAL = 1;

  private final MeterBackend backend;
  private final MeterClock clock;

  private ClockObject(MeterBackend backend) {
    this.backend = backend;
    this.clock = backend.clock();
  }

  static CosemObject of(CatalogueEntry entry, MeterBackend backend) {
    ClockObject object = new ClockObject(backend);
    MeterClock clock = object.clock;
    return CosemObject.builder(entry.classId(), entry.version(), entry.logicalName())
        .attribute(
            2,
            List.of(),
            request -> ReadResult.of(CosemData.octetString(object.now().encode())),
            request ->
                CompletableFuture.completedStage(
                    object.setTime(request.value().value().dateTimeValue())))
        // time_zone is not used (DLMS description 3.5).
        .attribute(3, () -> CosemData.longInteger(LONG_NOT_SPECIFIED))
        .attribute(4, () -> CosemData.unsigned(object.now().clockStatus()))
        .attribute(5, () -> dateTime(clock.daylightSavingBegin()))
        .attribute(6, () -> dateTime(clock.daylightSavingEnd()))
        .attribute(7, () -> CosemData.integer(clock.daylightSavingDeviation()))
        .attribute(
            8,
            List.of(),
            request -> ReadResult.of(CosemData.bool(clock.daylightSavingEnabled())),
            request ->
                CompletableFuture.completedStage(
                    request.value().value() instanceof CosemData.BooleanData enabled
                        ? backend.setDaylightSavingEnabled(enabled.value())
                        : DataAccessResult.TYPE_UNMATCHED))
        .attribute(9, () -> CosemData.enumerated(INTERNAL_CRYSTAL))
        .build();
  }

  private CosemDateTime now() {
    CosemDateTime time = MeterTimes.toDateTime(clock.time());
    return clock.isValid()
        ? time
        : new CosemDateTime(
            time.date(), time.time(), time.deviation(), time.clockStatus() | MeterTimes.INVALID);
  }

  /**
   * Bit 7 of the status decides whether daylight saving is part of what the client sent; where it
   * does not say, the season does (DLMS description 3.5.2).
   */
  private DataAccessResult setTime(CosemDateTime time) {
    return MeterTimes.toNormalTime(clock, time)
        .map(backend::setClock)
        .orElse(DataAccessResult.OTHER_REASON);
  }

  private static CosemData dateTime(MeterTime time) {
    return CosemData.octetString(MeterTimes.encode(time));
  }
}
