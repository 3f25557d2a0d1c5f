package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.AccessRequest;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.AccessResponse;
import io.dlms4j.cosem.apdu.AccessResponseSpecification;
import io.dlms4j.cosem.apdu.Apdu;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ACCESS: one APDU each way (Green Book 9.3). The data come first, and the results, which an item
 * whose value fails has yet to get, after them.
 */
final class ServerAccess extends ServerExchange {
  private final AccessRequest request;

  ServerAccess(Terms terms, AccessRequest request) {
    super(terms);
    this.request = request;
  }

  private List<AccessRequestSpecification> specifications() {
    return request.specifications();
  }

  @Override
  ServerStep begin() {
    if (specifications().isEmpty()) {
      return answer(List.of());
    }
    if (!agreed.has(Conformance.SELECTIVE_ACCESS)
        && specifications().stream().anyMatch(ServerAccess::selects)) {
      ItemResult refusal = new ItemResult.Refused(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED);
      return answer(Collections.nCopies(specifications().size(), refusal));
    }
    return new ServerStep.Indicate(service());
  }

  private ServiceRequest.Access service() {
    return new ServiceRequest.Access(
        specifications(),
        request.data(),
        request.longInvokeIdAndPriority().isSelfDescriptive(),
        request.longInvokeIdAndPriority().breaksOnError(),
        request.dateTime());
  }

  private static boolean selects(AccessRequestSpecification specification) {
    return specification instanceof AccessRequestSpecification.GetWithSelection
        || specification instanceof AccessRequestSpecification.SetWithSelection;
  }

  private static boolean writes(AccessRequestSpecification specification) {
    return specification instanceof AccessRequestSpecification.Set
        || specification instanceof AccessRequestSpecification.SetWithSelection;
  }

  @Override
  boolean isContinuedBy(Apdu apdu) {
    return false;
  }

  @Override
  ServerStep receive(Apdu apdu) {
    throw new IllegalStateException("ACCESS has no further APDU");
  }

  @Override
  boolean takes(int item, ItemResult result) {
    AccessRequestSpecification specification = specifications().get(item);
    if (specification instanceof AccessRequestSpecification.Action) {
      return true;
    }
    return writes(specification) ? isWritten(result) : DataForm.takes(result);
  }

  @Override
  ServerStep answer(List<ItemResult> results) {
    ItemStream data = new ItemStream(results, true, new DatumForm());
    LongAnswer answer =
        new LongAnswer(
            agreed,
            new BlockSender(behind(data, results), false),
            0,
            block -> {
              throw new IllegalStateException("ACCESS has no blocks");
            });
    Octets header = header();
    try {
      if (answer.fits(header, agreed.maxSendPduSize())) {
        return new ServerStep.Reply(answer.whole(header), true);
      }
      return agreed.longApdus()
          ? new ServerStep.Stream(
              answer.stream(header, e -> terms.faults().failed(service(), data.item(), e)))
          : tooLong();
    } catch (RuntimeException e) {
      terms.faults().failed(service(), data.item(), e);
      return answer(
          Collections.nCopies(
              results.size(), new ItemResult.Refused(DataAccessResult.OTHER_REASON)));
    }
  }

  /** All of the answer that stands before its data. */
  private Octets header() {
    Octets empty =
        agreed.encode(
            new AccessResponse(
                request.longInvokeIdAndPriority(),
                Octets.EMPTY,
                request.longInvokeIdAndPriority().isSelfDescriptive() ? specifications() : null,
                List.of(),
                List.of()));
    // The lengths of two empty lists.
    return empty.slice(0, empty.length() - 2);
  }

  /** The data, and then the results. */
  private DataStream behind(ItemStream data, List<ItemResult> results) {
    return new DataStream() {
      private boolean written;

      @Override
      public boolean writeNext(AxdrWriter writer) {
        if (data.writeNext(writer)) {
          return true;
        }
        if (written) {
          return false;
        }
        written = true;
        List<AccessResponseSpecification> outcome = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
          outcome.add(outcome(specifications().get(i), results.get(i), data.hasFailed(i)));
        }
        writer.writeOctets(encoded(outcome));
        return true;
      }
    };
  }

  /** access-response-specification: the end of an AccessResponse, whatever stands before it. */
  private Octets encoded(List<AccessResponseSpecification> outcome) {
    EncodedData none = EncodedData.of(CosemData.nullData());
    Octets whole =
        agreed.encode(
            new AccessResponse(
                request.longInvokeIdAndPriority(),
                Octets.EMPTY,
                null,
                Collections.nCopies(outcome.size(), none),
                outcome));
    AxdrWriter count = new AxdrWriter().writeLength(outcome.size());
    // Each item is a choice and a result.
    int length = count.length() + 2 * outcome.size();
    return whole.slice(whole.length() - length, length);
  }

  private static AccessResponseSpecification outcome(
      AccessRequestSpecification specification, ItemResult result, boolean failed) {
    if (specification instanceof AccessRequestSpecification.Action) {
      ActionResult outcome = ServerAction.actionResult(result);
      return new AccessResponseSpecification.Action(
          failed && outcome == ActionResult.SUCCESS ? ActionResult.OTHER_REASON : outcome);
    }
    DataAccessResult outcome = failed ? DataAccessResult.OTHER_REASON : written(result);
    return writes(specification)
        ? new AccessResponseSpecification.Set(outcome)
        : new AccessResponseSpecification.Get(outcome);
  }

  /** A datum: the value, or null-data. */
  private final class DatumForm implements ItemStream.Form {
    @Override
    public void begin(AxdrWriter writer, int item, ItemResult result) {
      if (ServerAction.returned(result) == null) {
        writer.writeData(CosemData.nullData());
      }
    }

    @Override
    public @Nullable DataStream value(ItemResult result) {
      return ServerAction.returned(result);
    }

    @Override
    public void writeFailure(AxdrWriter writer, int item, ItemResult result) {
      writer.writeData(CosemData.nullData());
    }

    @Override
    public void onFailure(int item, RuntimeException cause) {
      terms.faults().failed(service(), item, cause);
    }
  }
}
