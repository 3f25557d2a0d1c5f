package io.dlms4j.axdr;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * compact-array (Green Book 9.5, Blue Book 4.1.5): elements of one type, which is written once, in
 * front of them.
 *
 * <p>The contents are the elements one after the other without tags, and without the numbers of
 * elements of arrays and structures, which the description has. Strings keep their lengths;
 * null-data and dont-care take no octet. It is kept as it was written and expanded when asked for.
 *
 * @param contentsDescription what every element is
 * @param arrayContents the elements; how many is known from their octets only
 */
public record CompactArrayData(TypeDescription contentsDescription, Octets arrayContents)
    implements CosemData {
  /**
   * Checks that the contents are elements of that type, to the last octet.
   *
   * @throws IllegalArgumentException if they are not
   */
  public CompactArrayData {
    Objects.requireNonNull(contentsDescription);
    try {
      CompactArrays.count(contentsDescription, arrayContents);
    } catch (AxdrException e) {
      throw new IllegalArgumentException("no elements of " + contentsDescription, e);
    }
  }

  /**
   * A compact-array of values.
   *
   * @param elements one at least, all of one type, arrays in them of one size
   * @return the value
   * @throws IllegalArgumentException if the types differ, take no octets, or are a compact-array
   */
  public static CompactArrayData of(List<? extends CosemData> elements) {
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("no element that tells the type");
    }
    return of(TypeDescription.of(elements.get(0)), elements);
  }

  /**
   * A compact-array of values.
   *
   * @param type what every element is
   * @param elements any number of them
   * @return the value
   * @throws IllegalArgumentException if an element is of another type, or one takes no octets:
   *     their number would be lost
   */
  public static CompactArrayData of(TypeDescription type, List<? extends CosemData> elements) {
    AxdrWriter w = new AxdrWriter();
    for (CosemData element : elements) {
      int before = w.length();
      CompactArrays.writeContents(type, element, w);
      if (w.length() == before) {
        throw new IllegalArgumentException("elements of " + type + " take no octets");
      }
    }
    return new CompactArrayData(type, w.toOctets());
  }

  @Override
  public DataTag tag() {
    return DataTag.COMPACT_ARRAY;
  }

  /**
   * All elements, expanded under {@link DecodeLimits#DEFAULT} on every call.
   *
   * @return the elements, unmodifiable
   * @throws AxdrException of kind LIMIT if they, and what is in them, are more than allowed
   */
  @Override
  public List<CosemData> elements() {
    return elements(DecodeLimits.DEFAULT.maxElements());
  }

  /**
   * All elements, expanded on every call.
   *
   * @param maxElements how many elements there may be, all levels together
   * @return the elements, unmodifiable
   * @throws AxdrException of kind LIMIT if there are more
   */
  public List<CosemData> elements(int maxElements) {
    return CompactArrays.expand(contentsDescription, arrayContents, maxElements);
  }

  /** The type and the elements, or the contents where these are too many to be shown. */
  @Override
  public String toString() {
    String type = tag() + " of " + contentsDescription + " ";
    try {
      return elements().stream()
          .map(Object::toString)
          .collect(Collectors.joining(", ", type + "[", "]"));
    } catch (AxdrException tooMany) {
      return type + arrayContents;
    }
  }
}
