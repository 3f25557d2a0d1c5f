package io.dlms4j.axdr;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One Data (Green Book 9.5) as the octets it is encoded in, which are known to be good. It is
 * decoded only when asked for and never copied, so that bulk passes through at no cost.
 *
 * <p>Two of them are equal when their octets are: the same value in another form of length differs.
 * Immutable; one that was read keeps the array it was read from.
 */
public final class EncodedData {
  /** Null as long as nobody has asked for the octets of a value. */
  private @Nullable Octets octets;

  /** Null for what is our own: that has none but as many octets and elements as there are. */
  private final @Nullable DecodeLimits limits;

  private final @Nullable CosemData known;

  private EncodedData(
      @Nullable Octets octets, @Nullable DecodeLimits limits, @Nullable CosemData known) {
    this.octets = octets;
    this.limits = limits;
    this.known = known;
  }

  /**
   * Encodes a value.
   *
   * @param d the value
   * @return its octets
   */
  public static EncodedData of(CosemData d) {
    return new EncodedData(null, null, d);
  }

  /**
   * Reads a Data without decoding it, and moves past it.
   *
   * @param r stands at the Data
   * @return a view of its octets
   * @throws AxdrException if there is no good Data at the cursor, in the same cases as {@link
   *     AxdrReader#readData()}
   */
  public static EncodedData read(AxdrReader r) {
    int start = r.position();
    r.skipData();
    // Made before what holds it: only then does the JIT compiler find that neither need be made.
    Octets octets = r.since(start);
    return new EncodedData(octets, r.limits(), null);
  }

  /**
   * The octets of the Data, tag and all.
   *
   * @return a view
   */
  public Octets octets() {
    Octets encoded = octets;
    if (encoded == null) {
      // Two threads may both get here, and then get equal octets.
      encoded = Objects.requireNonNull(known).encode();
      octets = encoded;
    }
    return encoded;
  }

  /**
   * How large a buffer should be that this is to be written into.
   *
   * @return about how many octets it has; exactly how many if it was read, or {@link #octets()} has
   *     been asked for
   */
  public int sizeHint() {
    Octets encoded = octets;
    return encoded != null ? encoded.length() : DataCodec.guess(Objects.requireNonNull(known));
  }

  void write(AxdrWriter writer) {
    Octets encoded = octets;
    if (encoded != null) {
      writer.writeOctets(encoded);
    } else {
      DataCodec.write(Objects.requireNonNull(known), writer);
    }
  }

  /**
   * Decodes the value; each call does so again.
   *
   * @return the tree
   */
  public CosemData value() {
    return known != null ? known : AxdrReader.of(octets(), limits()).readData();
  }

  /**
   * Reads the value part by part.
   *
   * @return a new reader at the start of the Data
   */
  public DataReader reader() {
    return new DataReader(AxdrReader.of(octets(), limits()));
  }

  private DecodeLimits limits() {
    if (limits != null) {
      return limits;
    }
    int size = octets().length();
    return new DecodeLimits(size, DecodeLimits.MAX_DEPTH, size);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedData that && octets().equals(that.octets());
  }

  @Override
  public int hashCode() {
    return octets().hashCode();
  }

  /** The octets in hexadecimal. */
  @Override
  public String toString() {
    return octets().toString();
  }
}
