package io.dlms4j.client;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import java.util.concurrent.CompletableFuture;

/**
 * Puts the parts of a value together and decodes it. The association bounds how many octets they
 * have.
 */
final class WholeValue implements ClientSession.Receiver {
  private final AttributeRef attribute;
  private final DecodeLimits limits;
  private final CompletableFuture<CosemData> result;
  private final AxdrWriter parts = new AxdrWriter();

  WholeValue(AttributeRef attribute, DecodeLimits limits, CompletableFuture<CosemData> result) {
    this.attribute = attribute;
    this.limits = limits;
    this.result = result;
  }

  @Override
  public void onData(Octets octets, boolean last) {
    parts.writeOctets(octets);
    if (last) {
      result.complete(decode(parts.toOctets()));
    }
  }

  private CosemData decode(Octets encoded) {
    try {
      AxdrReader reader = AxdrReader.of(encoded, limits);
      CosemData value = reader.readData();
      reader.expectEnd("value");
      return value;
    } catch (AxdrException e) {
      throw new ProtocolException(
          DlmsException.Scope.REQUEST,
          "the value of " + attribute + " is malformed: " + e.getMessage(),
          e);
    }
  }

  @Override
  public void onFailure(DlmsException cause) {
    result.completeExceptionally(cause);
  }
}
