package io.dlms4j.server.security;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.ClientContext;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeRequest;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A client of an object, as the server calls it: whatever goes in or out is encoded. */
final class Caller {
  private final CosemObject object;
  private final ClientContext client;
  private @Nullable CosemData returned;

  Caller(CosemObject object, @Nullable SystemTitle client) {
    this.object = object;
    this.client = context(client);
  }

  private static ClientContext context(@Nullable SystemTitle title) {
    return new ClientContext(
        1,
        LogicalDevice.builder(1, Octets.ofAscii("DLM0000001")).build(),
        ServerAssociationConfig.builder().lowestLevelSecurity().build(),
        new NegotiatedContext(
            ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING,
            Set.of(),
            0,
            0,
            6,
            true,
            title == null
                ? ApplicationEntity.UNNAMED
                : ApplicationEntity.UNNAMED.withApTitle(title.octets()),
            ApplicationEntity.UNNAMED),
        AccessPolicy.full());
  }

  CosemData read(int attribute) {
    ReadResult result =
        object.read(new ReadRequest(attribute, null, client)).toCompletableFuture().join();
    return data(((ReadResult.Value) result).value());
  }

  /** Reads an attribute to the octet. */
  String octets(int attribute) {
    return read(attribute).encode().toHex();
  }

  /**
   * Invokes a method, and makes of what it throws what the server does.
   *
   * @return its result
   */
  ActionResult invoke(int method, CosemData parameters) {
    returned = null;
    InvokeResult result;
    try {
      result = begin(method, parameters).join();
    } catch (AxdrException e) {
      return ActionResult.TYPE_UNMATCHED;
    } catch (CompletionException e) {
      throw new AssertionError("a method failed instead of refusing", e.getCause());
    }
    DataStream stream = result.returnParameters();
    if (stream != null) {
      returned = data(stream);
    }
    return result.result();
  }

  /** Invokes a method, which may take its time. */
  CompletableFuture<InvokeResult> begin(int method, CosemData parameters) {
    EncodedData encoded = EncodedData.read(AxdrReader.of(parameters.encode()));
    return object.invoke(new InvokeRequest(method, encoded, client)).toCompletableFuture();
  }

  /** What the last method that was invoked returned. */
  CosemData returned() {
    CosemData data = returned;
    if (data == null) {
      throw new AssertionError("the method returned nothing");
    }
    return data;
  }

  boolean hasReturned() {
    return returned != null;
  }

  private static CosemData data(DataStream stream) {
    AxdrWriter writer = new AxdrWriter();
    while (stream.writeNext(writer)) {
      // Piece by piece.
    }
    return CosemData.decode(writer.toOctets());
  }
}
