package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.cosem.classes.RowSelection;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeRequest;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A meter that can be written and invoked, by associations that can do more or less. */
final class ServiceMeter {
  static final int SAP = 1;

  /** Logical names, all services, APDUs of at most 200 octets. */
  static final int ALL = 16;

  /** Logical names, neither lists nor blocks. */
  static final int PLAIN = 17;

  /** Short names, all services. */
  static final int SHORT = 18;

  /** Logical names, all services in general blocks, and in no other. */
  static final int GENERAL = 19;

  static final AttributeRef NUMBER = AttributeRef.of(1, "0.0.96.1.0.255", 2);
  static final AttributeRef DENIED = AttributeRef.of(1, "0.0.96.1.1.255", 2);
  static final AttributeRef NO_SUCH = AttributeRef.of(1, "0.0.96.1.2.255", 2);
  static final AttributeRef TEXT = AttributeRef.of(1, "0.0.96.1.3.255", 2);
  static final AttributeRef LATER = AttributeRef.of(1, "0.0.96.1.4.255", 2);

  /** Returns its parameters. */
  static final MethodRef ECHO = MethodRef.of(70, "0.0.96.3.10.255", 1);

  static final MethodRef FORBIDDEN = MethodRef.of(70, "0.0.96.3.10.255", 2);

  /** Returns nothing. */
  static final MethodRef SILENT = MethodRef.of(70, "0.0.96.3.10.255", 3);

  static final MethodRef UNAVAILABLE = MethodRef.of(70, "0.0.96.3.10.255", 4);
  static final MethodRef NO_METHOD = MethodRef.of(70, "0.0.96.3.11.255", 1);

  static final String PROFILE = "1.0.99.1.0.255";
  static final int ROWS = 20;
  static final CaptureObjectDefinition CLOCK = column(8, "0.0.1.0.0.255");
  static final CaptureObjectDefinition COUNTER = column(1, "0.0.96.15.0.255");
  static final CaptureObjectDefinition STATUS = column(1, "0.0.96.10.1.255");

  static final int NUMBER_NAME = 0x1000;
  static final int DENIED_NAME = 0x1100;
  static final int TEXT_NAME = 0x1500;

  private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final List<CaptureObjectDefinition> COLUMNS = List.of(CLOCK, COUNTER, STATUS);

  private static final AccessPolicy RIGHTS =
      new AccessPolicy() {
        @Override
        public AttributeAccessMode mode(CosemObject object, int attributeIndex) {
          return object.logicalName().equals(DENIED.logicalName()) && attributeIndex == 2
              ? AttributeAccessMode.NO_ACCESS
              : AccessPolicy.full().mode(object, attributeIndex);
        }

        @Override
        public MethodAccessMode methodMode(CosemObject object, int methodIndex) {
          return methodIndex == FORBIDDEN.methodIndex()
              ? MethodAccessMode.NO_ACCESS
              : MethodAccessMode.ACCESS;
        }
      };

  /** What was asked of {@link #LATER}, to be answered by whoever takes it. */
  final BlockingQueue<CompletableFuture<ReadResult>> asked = new LinkedBlockingQueue<>();

  final PhysicalDevice device;
  private final Guard guard;
  private final EntryNumbering numbering;

  ServiceMeter(Guard guard, EntryNumbering numbering) {
    this.guard = guard;
    this.numbering = numbering;
    this.device = PhysicalDevice.of(17, logicalDevice());
  }

  private static CaptureObjectDefinition column(int classId, String logicalName) {
    return new CaptureObjectDefinition(AttributeRef.of(classId, logicalName, 2));
  }

  static CosemDateTime time(int row) {
    return CosemDateTime.of(
        START.plusMinutes(15L * row),
        CosemDateTime.NOT_SPECIFIED,
        CosemDateTime.STATUS_NOT_SPECIFIED);
  }

  private LogicalDevice logicalDevice() {
    Set<Conformance> logicalNames =
        EnumSet.of(
            Conformance.GET,
            Conformance.SET,
            Conformance.ACTION,
            Conformance.ACCESS,
            Conformance.SELECTIVE_ACCESS,
            Conformance.MULTIPLE_REFERENCES,
            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
            Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
            Conformance.BLOCK_TRANSFER_WITH_ACTION,
            Conformance.PRIORITY_MGMT_SUPPORTED,
            Conformance.EVENT_NOTIFICATION,
            Conformance.DATA_NOTIFICATION);
    Set<Conformance> shortNames =
        EnumSet.of(
            Conformance.READ,
            Conformance.WRITE,
            Conformance.UNCONFIRMED_WRITE,
            Conformance.MULTIPLE_REFERENCES,
            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
            Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
            Conformance.INFORMATION_REPORT,
            Conformance.PARAMETERIZED_ACCESS);
    return LogicalDevice.builder(SAP, Octets.ofAscii("DLM0000001"))
        .association(ALL, guard.open(config(logicalNames), RIGHTS))
        .association(
            PLAIN,
            guard.open(
                config(EnumSet.of(Conformance.GET, Conformance.SET, Conformance.ACTION)), RIGHTS))
        .association(
            GENERAL,
            guard.open(
                config(
                    EnumSet.of(
                        Conformance.GET,
                        Conformance.SET,
                        Conformance.ACCESS,
                        Conformance.GENERAL_BLOCK_TRANSFER)),
                RIGHTS))
        .association(
            SHORT,
            guard.open(
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .shortNames()
                    .conformance(shortNames)
                    .maxReceivePduSize(200)
                    .maxSendPduSize(200),
                RIGHTS))
        .object(variable(NUMBER, CosemData.unsigned(42)), NUMBER_NAME)
        .object(variable(DENIED, CosemData.unsigned(1)), DENIED_NAME)
        .object(variable(TEXT, CosemData.octetString(Octets.EMPTY)), TEXT_NAME)
        .object(
            CosemObject.builder(1, 0, LATER.logicalName())
                .attribute(2, List.of(), request -> later())
                .build())
        .object(control())
        .object(
            CosemObject.builder(7, 1, io.dlms4j.cosem.ObisCode.of(PROFILE))
                .attribute(2, List.of(1, 2), this::buffer)
                .attribute(
                    3,
                    () ->
                        CosemData.array(
                            COLUMNS.stream().map(CaptureObjectDefinition::encode).toList()))
                .attribute(7, () -> CosemData.doubleLongUnsigned(ROWS))
                .build())
        .build();
  }

  private static ServerAssociationConfig.Builder config(Set<Conformance> services) {
    return ServerAssociationConfig.builder()
        .lowestLevelSecurity()
        .conformance(services)
        .maxReceivePduSize(200)
        .maxSendPduSize(200);
  }

  private static CosemObject variable(AttributeRef attribute, CosemData initial) {
    AtomicReference<CosemData> value = new AtomicReference<>(initial);
    return CosemObject.builder(1, 0, attribute.logicalName())
        .attribute(2, value::get, value::set)
        .build();
  }

  private static CosemObject control() {
    return CosemObject.builder(70, 0, ECHO.logicalName())
        .method(1, ServiceMeter::echo)
        .method(2, request -> InvokeResult.success())
        .method(3, request -> InvokeResult.success())
        .method(4, request -> InvokeResult.refused(ActionResult.OBJECT_UNAVAILABLE))
        .build();
  }

  private static CompletionStage<InvokeResult> echo(InvokeRequest request) {
    return InvokeResult.of(request.parameters().value());
  }

  private CompletionStage<ReadResult> later() {
    CompletableFuture<ReadResult> answer = new CompletableFuture<>();
    asked.add(answer);
    return answer;
  }

  private static CosemData row(long row, List<Integer> columns) {
    List<CosemData> all =
        List.of(
            CosemData.octetString(time((int) row).encode()),
            CosemData.doubleLongUnsigned(1000 + row),
            CosemData.unsigned((int) row % 3));
    return CosemData.structure(columns.stream().map(all::get).toList());
  }

  private CompletionStage<ReadResult> buffer(ReadRequest request) {
    SelectiveAccess access = request.selectiveAccess();
    List<Integer> all = IntStream.range(0, COLUMNS.size()).boxed().toList();
    List<CosemData> rows = new ArrayList<>();
    if (access == null) {
      LongStream.range(0, ROWS).forEach(row -> rows.add(row(row, all)));
    } else if (access.accessSelector() == RangeDescriptor.SELECTOR) {
      RangeDescriptor range = RangeDescriptor.decode(access.accessParameters().value());
      int compared = range.restrictingColumn(COLUMNS).orElseThrow();
      List<Integer> columns = range.columns(COLUMNS).orElseThrow();
      LongStream.range(0, ROWS)
          .filter(row -> range.includes(row(row, all).elements().get(compared)))
          .forEach(row -> rows.add(row(row, columns)));
    } else {
      EntryDescriptor entries = EntryDescriptor.decode(access.accessParameters().value());
      RowSelection selected = entries.rows(numbering, ROWS);
      List<Integer> columns = entries.columns(COLUMNS.size()).orElseThrow();
      LongStream.range(0, selected.size())
          .forEach(row -> rows.add(row(selected.position(row), columns)));
    }
    return ReadResult.of(CosemData.array(rows));
  }
}
