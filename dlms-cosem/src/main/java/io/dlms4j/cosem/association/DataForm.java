package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.BlockContents;
import io.dlms4j.cosem.apdu.GetDataResult;

/**
 * How what was read is written in a list: Get-Data-Result, and the items of a ReadResponse, which
 * have the same octets (Green Book 9.5). Alone, a GET's value has no choice before it.
 */
final class DataForm implements ItemStream.Form {
  private final ServiceRequest service;
  private final ServerExchange.StreamFaults faults;

  DataForm(ServiceRequest service, ServerExchange.StreamFaults faults) {
    this.service = service;
    this.faults = faults;
  }

  @Override
  public void begin(AxdrWriter writer, int item, ItemResult result) {
    if (result instanceof ItemResult.Refused refused) {
      BlockContents.writeResult(writer, new GetDataResult.Failure(refused.result()));
    } else {
      BlockContents.beginResult(writer);
    }
  }

  @Override
  public void writeFailure(AxdrWriter writer, int item, ItemResult result) {
    BlockContents.writeResult(writer, new GetDataResult.Failure(DataAccessResult.OTHER_REASON));
  }

  @Override
  public void onFailure(int item, RuntimeException cause) {
    faults.failed(service, item, cause);
  }

  /** What can be answered to a reading. */
  static boolean takes(ItemResult result) {
    return result instanceof ItemResult.Value || result instanceof ItemResult.Refused;
  }
}
