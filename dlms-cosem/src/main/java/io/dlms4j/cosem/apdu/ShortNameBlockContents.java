package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;

/**
 * What the blocks of a transfer with short names hold when they are put together (Green Book
 * 9.3.14, 9.3.15, 9.5): the octets of the ReadRequest, ReadResponse or WriteRequest that was too
 * long, without its tag. So the first blocks of an answer may be written before it is known how
 * many APDUs it takes: the count of the results with {@link AxdrWriter#writeLength}, then each.
 *
 * <p>Offsets in an {@link ApduException} count from the start of the contents.
 */
public final class ShortNameBlockContents {
  private ShortNameBlockContents() {}

  /**
   * The contents for an APDU that does not fit.
   *
   * @param apdu a ReadRequest, ReadResponse or WriteRequest; no other has a form in blocks
   * @return its octets without the tag
   */
  public static Octets of(ShortNameApdu apdu) {
    AxdrWriter writer = new AxdrWriter();
    ShortNameCodec.write(writer, apdu);
    Octets octets = writer.toOctets();
    return octets.slice(1, octets.length() - 1);
  }

  /**
   * Writes one result of a ReadResponse.
   *
   * @param writer takes the result
   * @param result the value, or why there is none
   */
  public static void writeResult(AxdrWriter writer, ReadResult result) {
    ShortNameCodec.writeReadResult(writer, result);
  }

  /**
   * Begins a result of a ReadResponse; the value's encoding must follow, in any pieces.
   *
   * @param writer takes what stands before the value
   */
  public static void beginResult(AxdrWriter writer) {
    ShortNameCodec.beginReadData(writer);
  }

  /**
   * Reads a ReadRequest that came in blocks.
   *
   * @param contents all blocks' raw data, one behind the other
   * @param limits what is refused for its size
   * @return the request
   * @throws ApduException if the octets are no list of variable access specifications
   */
  public static ReadRequest readReadRequest(Octets contents, DecodeLimits limits) {
    return BlockContents.read(contents, limits, ShortNameCodec::readReadRequest);
  }

  /**
   * Reads a ReadResponse that came in blocks.
   *
   * @param contents all blocks' raw data, one behind the other
   * @param limits what is refused for its size
   * @return the answer; it is the caller's to compare the number of results with the request
   * @throws ApduException if the octets are no list of results
   */
  public static ReadResponse readReadResponse(Octets contents, DecodeLimits limits) {
    return BlockContents.read(contents, limits, ShortNameCodec::readReadResponse);
  }

  /**
   * Reads a WriteRequest that came in blocks.
   *
   * @param contents all blocks' raw data, one behind the other
   * @param limits what is refused for its size
   * @return the request
   * @throws ApduException if the octets are not variable access specifications and a value for each
   */
  public static WriteRequest readWriteRequest(Octets contents, DecodeLimits limits) {
    return BlockContents.read(contents, limits, ShortNameCodec::readWriteRequest);
  }
}
