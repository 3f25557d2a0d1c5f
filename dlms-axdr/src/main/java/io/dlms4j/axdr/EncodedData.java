package io.dlms4j.axdr;

import org.jspecify.annotations.Nullable;

/**
 * One Data (Green Book 9.5) as the octets it is encoded in, which are known to be good. It is
 * decoded only when asked for and never copied, so that bulk passes through at no cost.
 *
 * <p>Two of them are equal when their octets are: the same value in another form of length differs.
 * Immutable; one that was read keeps the array it was read from.
 */
public final class EncodedData {
  private final Octets octets;
  private final DecodeLimits limits;
  private final @Nullable CosemData known;

  private EncodedData(Octets octets, DecodeLimits limits, @Nullable CosemData known) {
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
    Octets octets = d.encode();
    // What is our own has no limits: as many octets and elements as there are.
    int size = octets.length();
    return new EncodedData(octets, new DecodeLimits(size, DecodeLimits.MAX_DEPTH, size), d);
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
    Octets rest = r.rest();
    int start = r.position();
    r.skipData();
    return new EncodedData(rest.slice(0, r.position() - start), r.limits(), null);
  }

  /**
   * The octets of the Data, tag and all.
   *
   * @return a view
   */
  public Octets octets() {
    return octets;
  }

  /**
   * Decodes the value; each call does so again.
   *
   * @return the tree
   */
  public CosemData value() {
    return known != null ? known : AxdrReader.of(octets, limits).readData();
  }

  /**
   * Reads the value part by part.
   *
   * @return a new reader at the start of the Data
   */
  public DataReader reader() {
    return new DataReader(AxdrReader.of(octets, limits));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedData that && octets.equals(that.octets);
  }

  @Override
  public int hashCode() {
    return octets.hashCode();
  }

  /** The octets in hexadecimal. */
  @Override
  public String toString() {
    return octets.toString();
  }
}
