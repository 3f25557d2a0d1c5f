package io.dlms4j.server.profile;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.ClientContext;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeRequest;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.WriteRequest;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client asks an object, without a line in between. */
final class Reads {
  static final CaptureObjectDefinition CLOCK =
      new CaptureObjectDefinition(new AttributeRef(8, ObisCode.of("0.0.1.0.0.255"), 2));
  static final CaptureObjectDefinition ENERGY =
      new CaptureObjectDefinition(new AttributeRef(3, ObisCode.of("1.0.1.8.0.255"), 2));
  static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

  private Reads() {}

  static LogicalDevice device(CosemObject... objects) {
    LogicalDevice.Builder device = LogicalDevice.builder(1, Octets.ofAscii("DLM0000001"));
    for (CosemObject object : objects) {
      device.object(object);
    }
    return device.build();
  }

  static ClientContext client(LogicalDevice device) {
    ServerAssociationConfig config =
        ServerAssociationConfig.builder()
            .lowestLevelSecurity()
            .conformance(Set.of(Conformance.GET))
            .build();
    return new ClientContext(
        16,
        device,
        config,
        new NegotiatedContext(config.applicationContextName(), Set.of(Conformance.GET), 0, 0, 6),
        AccessPolicy.full());
  }

  /** The value of an attribute, or the refusal in words. */
  static Object read(CosemObject object, int attribute, @Nullable SelectiveAccess selection) {
    ReadResult result =
        object
            .read(new ReadRequest(attribute, selection, client(device(object))))
            .toCompletableFuture()
            .join();
    return result instanceof ReadResult.Value value
        ? taken(value)
        : ((ReadResult.Refused) result).result();
  }

  static CosemData taken(ReadResult.Value value) {
    AxdrWriter writer = new AxdrWriter();
    boolean more = true;
    while (more) {
      more = value.value().writeNext(writer);
    }
    return CosemData.decode(writer.toOctets());
  }

  /** The rows of the buffer, as text: columns joined by a blank, an energy as a number. */
  static List<String> rows(CosemObject profile, @Nullable SelectiveAccess selection) {
    return ((CosemData) read(profile, 2, selection)).elements().stream().map(Reads::row).toList();
  }

  private static String row(CosemData row) {
    return String.join(" ", row.elements().stream().map(Reads::cell).toList());
  }

  private static String cell(CosemData cell) {
    if (cell instanceof CosemData.OctetStringData time) {
      return time.dateTimeValue().toLocalDateTime().orElseThrow().toLocalTime().toString();
    }
    return cell instanceof CosemData.NullData ? "-" : Long.toString(cell.integralValue());
  }

  static DataAccessResult write(CosemObject object, int attribute, CosemData value) {
    return object
        .write(new WriteRequest(attribute, null, EncodedData.of(value), client(device(object))))
        .toCompletableFuture()
        .join();
  }

  static InvokeResult invoke(CosemObject object, int method, LogicalDevice device) {
    return object
        .invoke(new InvokeRequest(method, EncodedData.of(CosemData.integer(0)), client(device)))
        .toCompletableFuture()
        .join();
  }

  /** A quarter of an hour after another, from midnight on, in UTC. */
  static CosemData quarter(int number) {
    return time(number, 0);
  }

  static CosemData time(int quarter, int deviation) {
    return CosemData.octetString(
        CosemDateTime.of(START.plusMinutes(15L * quarter), deviation, 0).encode());
  }
}
