package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An APDU of the services on its way to the link: whole, or written as general block transfer
 * carries it off.
 *
 * @param whole all of it; null if it is a stream
 * @param stream all of it, piece by piece; null if it is whole
 * @param purpose what it is
 * @param answersBlocks whether it answers a request that came by general block transfer
 * @param form how it is to be protected; null if it goes as it is
 * @param clear what it was before it was protected; null if it is that
 */
record OutgoingApdu(
    @Nullable Octets whole,
    @Nullable DataStream stream,
    Purpose purpose,
    boolean answersBlocks,
    @Nullable MessageForm form,
    @Nullable OutgoingApdu clear) {
  static OutgoingApdu of(Octets apdu, Purpose purpose) {
    return new OutgoingApdu(apdu, null, purpose, false, null, null);
  }

  static OutgoingApdu answer(Octets apdu, boolean toBlocks) {
    return new OutgoingApdu(apdu, null, Purpose.RESPONSE, toBlocks, null, null);
  }

  static OutgoingApdu answer(DataStream apdu, boolean toBlocks) {
    return new OutgoingApdu(null, apdu, Purpose.RESPONSE, toBlocks, null, null);
  }

  /** The same, to be protected when it goes out. */
  OutgoingApdu in(MessageForm protectedForm) {
    return new OutgoingApdu(whole, stream, purpose, answersBlocks, protectedForm, null);
  }

  /** The same, as it goes out. */
  OutgoingApdu protectedAs(Octets message) {
    return new OutgoingApdu(message, null, purpose, answersBlocks, null, this);
  }

  /** What has to be protected anew if it goes out once more. */
  OutgoingApdu unsent() {
    OutgoingApdu before = clear;
    return before == null ? this : before;
  }

  boolean fits(int octets) {
    return whole != null && whole.length() <= octets;
  }

  /** All of it, piece by piece. To be read once. */
  DataStream pieces() {
    if (stream != null) {
      return stream;
    }
    boolean[] written = {false};
    return writer -> {
      if (written[0]) {
        return false;
      }
      writer.writeOctets(Objects.requireNonNull(whole));
      written[0] = true;
      return true;
    };
  }

  /** All of it. */
  Octets octets() {
    if (whole != null) {
      return whole;
    }
    AxdrWriter all = new AxdrWriter();
    DataStream pieces = pieces();
    boolean more;
    do {
      more = pieces.writeNext(all);
    } while (more);
    return all.toOctets();
  }
}
