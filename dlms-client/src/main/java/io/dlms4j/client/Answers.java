package io.dlms4j.client;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.association.ServiceResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Receivers that take the whole answer to a request. */
final class Answers {
  private Answers() {}

  /** Gives the answer when it is whole; what {@code taking} throws ends the request. */
  static ClientSession.Receiver whole(
      ServiceRequest service,
      DecodeLimits limits,
      Consumer<ServiceResponse> taking,
      Consumer<DlmsException> onFailure) {
    return new Whole(service, limits, taking, onFailure);
  }

  /** Completes a stage when the request is on its way. */
  static ClientSession.Receiver sent(CompletableFuture<@Nullable Void> result) {
    return new ClientSession.Receiver() {
      @Override
      public void onSent() {
        result.complete(null);
      }

      @Override
      public void onFailure(DlmsException cause) {
        result.completeExceptionally(cause);
      }
    };
  }

  /**
   * The value of a single attribute comes in parts, and is put together here. The association
   * bounds how many octets they have.
   */
  private static final class Whole implements ClientSession.Receiver {
    private final ServiceRequest service;
    private final DecodeLimits limits;
    private final Consumer<ServiceResponse> taking;
    private final Consumer<DlmsException> failing;
    private final AxdrWriter parts = new AxdrWriter();

    Whole(
        ServiceRequest service,
        DecodeLimits limits,
        Consumer<ServiceResponse> taking,
        Consumer<DlmsException> failing) {
      this.service = service;
      this.limits = limits;
      this.taking = taking;
      this.failing = failing;
    }

    @Override
    public void onData(Octets octets, boolean last) {
      parts.writeOctets(octets);
      if (last) {
        taking.accept(
            new ServiceResponse.Data(List.of(new GetDataResult.Data(read(parts.toOctets())))));
      }
    }

    private EncodedData read(Octets encoded) {
      try {
        AxdrReader reader = AxdrReader.of(encoded, limits);
        EncodedData value = EncodedData.read(reader);
        reader.expectEnd("value");
        return value;
      } catch (AxdrException e) {
        throw new ProtocolException(
            DlmsException.Scope.REQUEST,
            "the value of " + Items.name(service, 0) + " is malformed: " + e.getMessage(),
            e);
      }
    }

    @Override
    public void onResponse(ServiceResponse response) {
      taking.accept(response);
    }

    @Override
    public void onFailure(DlmsException cause) {
      failing.accept(cause);
    }
  }
}
