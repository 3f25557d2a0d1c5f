package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * range_descriptor: selects the rows of a profile in which one column lies within a range (Blue
 * Book 4.3.6, selective access to the buffer, selector 1).
 *
 * @param restrictingObject the column that is compared: the clock, or any other
 * @param fromValue the least value, inclusive
 * @param toValue the greatest value, inclusive
 * @param selectedValues the columns to return; empty for all
 */
public record RangeDescriptor(
    CaptureObjectDefinition restrictingObject,
    CosemData fromValue,
    CosemData toValue,
    List<CaptureObjectDefinition> selectedValues) {
  /** The access selector that goes with it. */
  public static final int SELECTOR = 1;

  private static final String CLAUSE = "Blue Book 4.3.6, range_descriptor";

  /** Keeps a copy of the list. */
  public RangeDescriptor {
    selectedValues = List.copyOf(selectedValues);
  }

  /**
   * Reads access parameters.
   *
   * @param parameters a structure of restricting_object, from_value, to_value and selected_values
   * @return the descriptor
   * @throws AxdrException if the value is something else
   */
  public static RangeDescriptor decode(CosemData parameters) {
    List<CosemData> fields = parameters.structureOf(4);
    return new RangeDescriptor(
        CaptureObjectDefinition.decode(fields.get(0)),
        fields.get(1),
        fields.get(2),
        fields.get(3).elements().stream().map(CaptureObjectDefinition::decode).toList());
  }

  /**
   * The access parameters.
   *
   * @return a structure of four
   */
  public CosemData encode() {
    return CosemData.structure(
        restrictingObject.encode(),
        fromValue,
        toValue,
        CosemData.array(selectedValues.stream().map(CaptureObjectDefinition::encode).toList()));
  }

  /**
   * Whether a row is within the range. Numbers are compared by value whatever their types, texts
   * and octet strings in the order of their characters or octets. Date-times, also those in octet
   * strings, are compared by UTC where both ends of the comparison have a deviation, else by local
   * time; a server that knows the rules of its clock may do better.
   *
   * @param value what the row has in the column of the restricting object
   * @return whether it is neither below from_value nor above to_value; false if it is a date or
   *     time that is not fully specified
   * @throws AxdrException if from_value or to_value is no value that such a column could be
   *     compared with, or a date or time that is not fully specified
   */
  public boolean includes(CosemData value) {
    if (isAtMost(fromValue, fromValue).isEmpty() || isAtMost(toValue, toValue).isEmpty()) {
      throw Fields.malformed("a range ends at a date or time that is not fully specified", CLAUSE);
    }
    boolean from = isAtMost(fromValue, value).orElse(false);
    boolean to = isAtMost(value, toValue).orElse(false);
    return from && to;
  }

  private static Optional<Boolean> isAtMost(CosemData a, CosemData b) {
    return DataOrder.compare(a, b).map(order -> order <= 0);
  }

  /**
   * Where the column that is compared is.
   *
   * @param captureObjects the columns of the profile
   * @return its index from 0 on; nothing if the profile does not capture the restricting object
   */
  public OptionalInt restrictingColumn(List<CaptureObjectDefinition> captureObjects) {
    int index = captureObjects.indexOf(restrictingObject);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /**
   * Which columns are selected.
   *
   * @param captureObjects the columns of the profile
   * @return their indices from 0 on, in the order in which the descriptor names them; nothing if it
   *     names one that the profile does not capture
   */
  public Optional<List<Integer>> columns(List<CaptureObjectDefinition> captureObjects) {
    if (selectedValues.isEmpty()) {
      return Optional.of(IntStream.range(0, captureObjects.size()).boxed().toList());
    }
    List<Integer> indices = selectedValues.stream().map(captureObjects::indexOf).toList();
    return indices.contains(-1) ? Optional.empty() : Optional.of(indices);
  }

  /**
   * The descriptor as a GET carries it.
   *
   * @return selector and parameters
   */
  public SelectiveAccess toSelectiveAccess() {
    return new SelectiveAccess(SELECTOR, EncodedData.of(encode()));
  }
}
