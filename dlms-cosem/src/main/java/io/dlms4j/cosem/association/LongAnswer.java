package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.DataBlock;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The answer to one request, in one APDU or in blocks, read off a stream as the client takes it.
 * Its methods throw whatever the stream throws.
 */
final class LongAnswer {
  /** The limits of a configuration are for what the client sends, not for our own values. */
  private static final ApduCodec CHECK =
      new ApduCodec(
          new DecodeLimits(Integer.MAX_VALUE, DecodeLimits.MAX_DEPTH, Integer.MAX_VALUE), Set.of());

  private final Agreement agreed;
  private final BlockSender sender;
  private final int room;
  private final Function<DataBlock, Apdu> form;

  private long blockNumber;
  private boolean finished;

  /**
   * An answer of which nothing has been sent.
   *
   * @param room how many octets of raw data fit into a block
   * @param form the APDU that carries a block
   */
  LongAnswer(Agreement agreed, BlockSender sender, int room, Function<DataBlock, Apdu> form) {
    this.agreed = agreed;
    this.sender = sender;
    this.room = room;
    this.form = form;
  }

  /** Whether all of it fits into one APDU behind a header. */
  boolean fits(Octets header, int longest) {
    return header.length() <= longest && sender.fits(longest - header.length());
  }

  /**
   * All of it in one APDU.
   *
   * @throws RuntimeException if that is no APDU, because what the stream wrote is no Data
   */
  Octets whole(Octets header) {
    finished = true;
    Octets body = sender.next(Integer.MAX_VALUE);
    Octets apdu =
        new AxdrWriter(header.length() + body.length())
            .writeOctets(header)
            .writeOctets(body)
            .toOctets();
    CHECK.decode(apdu);
    return apdu;
  }

  /**
   * All of it for general block transfer, written as it is carried off.
   *
   * @param onFault told of what the stream throws, which ends the transfer
   */
  DataStream stream(Octets header, Consumer<RuntimeException> onFault) {
    DataStream rest = sender.rest(header);
    return writer -> {
      try {
        return rest.writeNext(writer);
      } catch (RuntimeException e) {
        onFault.accept(e);
        throw e;
      }
    };
  }

  /** The next block. */
  Octets next() {
    Octets raw = sender.next(room);
    finished = sender.fits(0);
    blockNumber++;
    return agreed.encode(form.apply(new DataBlock(finished, blockNumber, raw)));
  }

  /** Whether the last block has been made. */
  boolean isFinished() {
    return finished;
  }

  /** The number of the block that was made last; 0 if there is none. */
  long blockNumber() {
    return blockNumber;
  }

  boolean hasRoom() {
    return room > 0;
  }
}
