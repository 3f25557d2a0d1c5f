package io.dlms4j.cosem.association;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.AccessResponseSpecification;
import io.dlms4j.cosem.apdu.ActionResponseWithOptionalData;
import io.dlms4j.cosem.apdu.GetDataResult;
import java.util.List;

/**
 * What a server answered to a {@link ServiceRequest}: a result for each of its items, in order. The
 * association has made sure that there are as many.
 */
public sealed interface ServiceResponse {
  /**
   * Answers {@link ServiceRequest.Get} and {@link ServiceRequest.Read}.
   *
   * @param results values, or why not
   */
  record Data(List<GetDataResult> results) implements ServiceResponse {
    /** Keeps a copy of the list. */
    public Data {
      results = List.copyOf(results);
    }
  }

  /**
   * Answers {@link ServiceRequest.Set} and {@link ServiceRequest.Write}.
   *
   * @param results success, or why not
   */
  record Written(List<DataAccessResult> results) implements ServiceResponse {
    /** Keeps a copy of the list. */
    public Written {
      results = List.copyOf(results);
    }
  }

  /**
   * Answers {@link ServiceRequest.Action}.
   *
   * @param results what became of each invocation
   */
  record Invoked(List<ActionResponseWithOptionalData> results) implements ServiceResponse {
    /** Keeps a copy of the list. */
    public Invoked {
      results = List.copyOf(results);
    }
  }

  /**
   * Answers {@link ServiceRequest.Access}.
   *
   * @param results how each item went; of the same kind as the item
   * @param data the datum of each, null-data where there is none
   * @param dateTime when the answer was made: none, or the twelve octets of a date-time
   */
  record Accessed(
      List<AccessResponseSpecification> results, List<EncodedData> data, Octets dateTime)
      implements ServiceResponse {
    /** Keeps copies of the lists. */
    public Accessed {
      results = List.copyOf(results);
      data = List.copyOf(data);
    }
  }
}
