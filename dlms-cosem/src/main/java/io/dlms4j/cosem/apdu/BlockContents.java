package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import java.util.List;
import java.util.function.Function;

/**
 * What the blocks of a transfer hold when they are put together (Green Book 9.3.6 to 9.3.8, 9.5).
 *
 * <ul>
 *   <li>GET: one Data; with a list the count of the results, and each Get-Data-Result.
 *   <li>SET: one Data; with a list the count of the values, and each Data.
 *   <li>ACTION, parameters: as SET.
 *   <li>ACTION, answer: one Action-Response-With-Optional-Data; with a list the count of them, and
 *       each.
 * </ul>
 *
 * <p>They are the same octets that the APDU with-list, and for an ACTION's answer also the normal
 * one, has behind its references or its invoke-id. So an answer may be written piece by piece
 * before it is known how many APDUs it takes: the count with {@link AxdrWriter#writeLength}, then
 * the items with the methods here. Those that read throw {@link ApduException} with offsets from
 * the start of the contents.
 */
public final class BlockContents {
  private BlockContents() {}

  /**
   * Writes a list of values: SET with a list, or parameters of ACTION with a list.
   *
   * @param writer takes the count and the values
   * @param values one for each reference
   */
  public static void writeValues(AxdrWriter writer, List<EncodedData> values) {
    ServiceFields.writeValues(writer, values);
  }

  /**
   * Writes one item of the answer to a GET with a list.
   *
   * @param writer takes the item
   * @param result the attribute's value, or why there is none
   */
  public static void writeResult(AxdrWriter writer, GetDataResult result) {
    ServiceFields.writeGetDataResult(writer, result);
  }

  /**
   * Begins an item of the answer to a GET with a list; the value's encoding must follow, in any
   * pieces.
   *
   * @param writer takes what stands before the value
   */
  public static void beginResult(AxdrWriter writer) {
    ServiceFields.writeIsData(writer, true);
  }

  /**
   * Writes the answer to one invocation.
   *
   * @param writer takes the answer
   * @param response the result, and what the method returned
   */
  public static void writeResponse(AxdrWriter writer, ActionResponseWithOptionalData response) {
    ServiceFields.writeActionResponse(writer, response);
  }

  /**
   * Begins the answer to one invocation; the encoding of the value returned must follow, in any
   * pieces.
   *
   * @param writer takes what stands before the value
   * @param result what the method says of itself
   */
  public static void beginResponse(AxdrWriter writer, ActionResult result) {
    writer.writeUnsigned8(result.code()).writePresence(true);
    ServiceFields.writeIsData(writer, true);
  }

  /**
   * Reads one value: GET, SET, or parameters of ACTION.
   *
   * @param contents all blocks' raw data, one behind the other
   * @param limits what is refused for its size
   * @return the value, a view
   * @throws ApduException if the octets are not exactly one Data
   */
  public static EncodedData readValue(Octets contents, DecodeLimits limits) {
    return read(contents, limits, EncodedData::read);
  }

  /**
   * Reads a list of values: SET with a list, or parameters of ACTION with a list.
   *
   * @param contents all blocks' raw data, one behind the other
   * @param references how many there must be
   * @param limits what is refused for its size
   * @return the values, views
   * @throws ApduException if the octets are not exactly so many Data behind their count
   */
  public static List<EncodedData> readValues(Octets contents, int references, DecodeLimits limits) {
    return read(contents, limits, reader -> ServiceFields.readValues(reader, references));
  }

  /**
   * Reads the answer to a GET with a list.
   *
   * @param contents all blocks' raw data, one behind the other
   * @param limits what is refused for its size
   * @return the results; it is the caller's to compare their number with that of the request
   * @throws ApduException if the octets are not exactly a list of Get-Data-Result
   */
  public static List<GetDataResult> readResults(Octets contents, DecodeLimits limits) {
    return read(contents, limits, ServiceFields::readGetDataResults);
  }

  /**
   * Reads the answer to one invocation.
   *
   * @param contents all blocks' raw data, one behind the other
   * @param limits what is refused for its size
   * @return the answer
   * @throws ApduException if the octets are not exactly one Action-Response-With-Optional-Data
   */
  public static ActionResponseWithOptionalData readResponse(Octets contents, DecodeLimits limits) {
    return read(contents, limits, ServiceFields::readActionResponse);
  }

  /**
   * Reads the answer to an ACTION with a list.
   *
   * @param contents all blocks' raw data, one behind the other
   * @param limits what is refused for its size
   * @return the answers; it is the caller's to compare their number with that of the request
   * @throws ApduException if the octets are not exactly a list of
   *     Action-Response-With-Optional-Data
   */
  public static List<ActionResponseWithOptionalData> readResponses(
      Octets contents, DecodeLimits limits) {
    return read(contents, limits, ServiceFields::readActionResponses);
  }

  static <T> T read(Octets contents, DecodeLimits limits, Function<AxdrReader, T> what) {
    try {
      AxdrReader reader = AxdrReader.of(contents, limits);
      T value = what.apply(reader);
      reader.expectEnd("contents of the blocks");
      return value;
    } catch (AxdrException e) {
      throw new ApduException(e);
    }
  }
}
