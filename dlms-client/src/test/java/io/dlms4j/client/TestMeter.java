package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.Unit;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** A small meter with whatever a client may meet. */
final class TestMeter {
  static final int SAP = 16;
  static final int READER = 19;
  static final int GUEST = 16;
  static final String PASSWORD = "12345678";

  static final AttributeRef NAME = AttributeRef.of(1, "0.0.96.1.0.255", 2);
  static final AttributeRef BIG = AttributeRef.of(1, "0.0.128.0.1.255", 2);
  static final AttributeRef LATER = AttributeRef.of(1, "0.0.128.0.2.255", 2);
  static final AttributeRef BROKEN = AttributeRef.of(1, "0.0.128.0.3.255", 2);
  static final AttributeRef SECRET = AttributeRef.of(1, "0.0.128.0.4.255", 2);
  static final AttributeRef NO_SUCH = AttributeRef.of(1, "0.0.128.0.99.255", 2);
  static final String ENERGY = "1.0.1.8.0.255";
  static final String PROFILE = "1.0.99.1.0.255";

  static final int BIG_OCTETS = 100_000;
  static final int ROWS = 500;
  static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

  private static final CaptureObjectDefinition CLOCK =
      new CaptureObjectDefinition(AttributeRef.of(8, "0.0.1.0.0.255", 2));

  /** What was asked of {@link #LATER}, to be answered by whoever takes it. */
  final BlockingQueue<CompletableFuture<ReadResult>> asked = new LinkedBlockingQueue<>();

  /** Told the number of each row of the profile when it is written, on the line's thread. */
  private final IntConsumer onRow;

  private final Guard guard;

  TestMeter(Guard guard) {
    this(guard, row -> {});
  }

  TestMeter(Guard guard, IntConsumer onRow) {
    this.guard = guard;
    this.onRow = onRow;
  }

  static CosemDateTime time(int row) {
    return CosemDateTime.of(
        START.plusMinutes(15L * row),
        CosemDateTime.NOT_SPECIFIED,
        CosemDateTime.STATUS_NOT_SPECIFIED);
  }

  static Octets big() {
    byte[] octets = new byte[BIG_OCTETS];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i * 31 + (i >> 8));
    }
    return Octets.view(octets);
  }

  private static ServerAssociationConfig.Builder config() {
    return ServerAssociationConfig.builder()
        .lowestLevelSecurity()
        .maxSendPduSize(250)
        .conformance(
            Set.of(
                Conformance.GET,
                Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
                Conformance.SELECTIVE_ACCESS));
  }

  PhysicalDevice device() {
    AccessPolicy rights =
        (object, index) ->
            object.logicalName().equals(SECRET.logicalName()) && index == 2
                ? AttributeAccessMode.NO_ACCESS
                : AttributeAccessMode.READ_ONLY;
    LogicalDevice.Builder logical =
        LogicalDevice.builder(SAP, Octets.ofAscii("KAM00000001"))
            .association(GUEST, guard.open(config(), rights))
            .association(READER, guard.closed(config(), rights))
            .object(data(NAME, CosemData.visibleString("meter")))
            .object(data(BIG, CosemData.octetString(big())))
            .object(data(SECRET, CosemData.unsigned(42)))
            .object(
                CosemObject.builder(1, 0, LATER.logicalName())
                    .attribute(2, List.of(), request -> later())
                    .build())
            .object(
                CosemObject.data(
                    BROKEN.logicalName(),
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
            .object(
                CosemObject.builder(3, 0, ObisCode.of(ENERGY))
                    .attribute(2, () -> CosemData.doubleLongUnsigned(189_197))
                    .attribute(3, new ScalerUnit(-1, Unit.WATT_HOUR)::encode)
                    .build())
            .object(
                CosemObject.builder(7, 1, ObisCode.of(PROFILE))
                    .attribute(2, List.of(1, 2), this::buffer)
                    .attribute(
                        3,
                        () ->
                            CosemData.array(
                                CLOCK.encode(),
                                new CaptureObjectDefinition(AttributeRef.of(3, ENERGY, 2)).encode(),
                                new CaptureObjectDefinition(NAME).encode()))
                    .build());
    return PhysicalDevice.of(17, logical.build());
  }

  private static CosemObject data(AttributeRef attribute, CosemData value) {
    return CosemObject.data(attribute.logicalName(), () -> value);
  }

  private CompletionStage<ReadResult> later() {
    CompletableFuture<ReadResult> answer = new CompletableFuture<>();
    asked.add(answer);
    return answer;
  }

  private CompletionStage<ReadResult> buffer(ReadRequest request) {
    SelectiveAccess access = request.selectiveAccess();
    int from = 0;
    int to = ROWS - 1;
    if (access != null && access.accessSelector() == RangeDescriptor.SELECTOR) {
      RangeDescriptor range = RangeDescriptor.decode(access.accessParameters().value());
      if (!range.restrictingObject().equals(CLOCK)) {
        return ReadResult.refused(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED);
      }
      from = row(CosemDateTime.decode(range.fromValue().octetStringValue()), 14);
      to = row(CosemDateTime.decode(range.toValue().octetStringValue()), 0);
    } else if (access != null) {
      EntryDescriptor entries = EntryDescriptor.decode(access.accessParameters().value());
      from = (int) entries.fromEntry() - 1;
      to = entries.toEntry() == 0 ? to : (int) entries.toEntry() - 1;
    }
    int size = Math.max(0, Math.min(to, ROWS - 1) - from + 1);
    return ReadResult.of(
        DataStream.ofArray(
            size,
            IntStream.range(from, from + size).iterator(),
            (writer, row) -> {
              onRow.accept(row);
              writer.writeData(
                  CosemData.structure(
                      CosemData.octetString(time(row).encode()),
                      CosemData.doubleLongUnsigned(1000L + row),
                      CosemData.visibleString("row " + row)));
            }));
  }

  private static int row(CosemDateTime time, int roundingMinutes) {
    LocalDateTime local = time.toLocalDateTime().orElseThrow();
    return (int) (java.time.Duration.between(START, local).toMinutes() + roundingMinutes) / 15;
  }
}
