package io.dlms4j.axdr;

/**
 * How much a decoder takes from a peer before it refuses with {@link AxdrException.Kind#LIMIT}.
 *
 * <p>The tree of a value takes at most some 100 octets of memory an element beside the octets
 * themselves, so {@code maxElements} is what bounds memory. A server whose requests are short does
 * well to allow far less than {@link #DEFAULT}.
 *
 * @param maxOctets how many octets a reader may be given, and how long any value in them may claim
 *     to be; at least 1
 * @param maxDepth how many arrays and structures may stand in one another, 0..{@value #MAX_DEPTH}:
 *     0 allows simple values only. Those in the description of a compact-array count
 * @param maxElements how many elements the arrays and structures of one Data may have, all levels
 *     together; at least 0. Those of a compact-array count as if it were expanded, and so do the
 *     types of its description
 */
public record DecodeLimits(int maxOctets, int maxDepth, int maxElements) {
  /** The greatest depth that can be allowed: decoding it is sure to fit on any thread's stack. */
  public static final int MAX_DEPTH = 256;

  /**
   * 4 MiB, 16 levels, 524,288 elements. The largest value that a meter has reason to send is a load
   * profile: a year of quarter hours in eight columns has 35,136 rows, 316,224 elements and some 2
   * MB. The deepest types of the Blue Book, among them the object list, need 6 levels.
   */
  public static final DecodeLimits DEFAULT = new DecodeLimits(4 << 20, 16, 1 << 19);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a limit is out of its range
   */
  public DecodeLimits {
    if (maxOctets < 1) {
      throw new IllegalArgumentException("maxOctets " + maxOctets + " is less than 1");
    }
    if (maxDepth < 0 || maxDepth > MAX_DEPTH) {
      throw new IllegalArgumentException("maxDepth " + maxDepth + " is not within 0..256");
    }
    if (maxElements < 0) {
      throw new IllegalArgumentException("maxElements " + maxElements + " is negative");
    }
  }

  /**
   * The same limits but for one.
   *
   * @param octets the new limit of octets
   * @return the changed limits
   */
  public DecodeLimits withMaxOctets(int octets) {
    return new DecodeLimits(octets, maxDepth, maxElements);
  }

  /**
   * The same limits but for one.
   *
   * @param depth the new limit of depth
   * @return the changed limits
   */
  public DecodeLimits withMaxDepth(int depth) {
    return new DecodeLimits(maxOctets, depth, maxElements);
  }

  /**
   * The same limits but for one.
   *
   * @param elements the new limit of elements
   * @return the changed limits
   */
  public DecodeLimits withMaxElements(int elements) {
    return new DecodeLimits(maxOctets, maxDepth, elements);
  }
}
