package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import java.util.List;

/**
 * range_descriptor: selects the rows of a profile in which one column lies within a range (Blue
 * Book 4.3.6, selective access to the buffer, selector 1).
 *
 * @param restrictingObject the column that is compared
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
   * The descriptor as a GET carries it.
   *
   * @return selector and parameters
   */
  public SelectiveAccess toSelectiveAccess() {
    return new SelectiveAccess(SELECTOR, EncodedData.of(encode()));
  }
}
