package io.dlms4j.client;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.Quantity;
import io.dlms4j.cosem.ScalerUnit;
import java.util.List;

/**
 * A row of a profile.
 *
 * @param columns what its values are, the same list for every row
 * @param values one for each column
 */
public record ProfileRow(List<ProfileColumn> columns, List<CosemData> values) {
  /** Keeps copies of the lists. */
  public ProfileRow {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
  }

  /**
   * A value as a quantity.
   *
   * @param column from 0 on
   * @return the number, scaled, with its unit
   * @throws AxdrException if the value is no number
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public Quantity quantity(int column) {
    return columns.get(column).scalerUnit().quantity(values.get(column));
  }

  /**
   * A value as date and time.
   *
   * @param column from 0 on
   * @return date and time, with its clock status
   * @throws AxdrException if the value is no date-time
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public CosemDateTime dateTime(int column) {
    return values.get(column).dateTimeValue();
  }

  /**
   * A value for a person: with unit if it has one, as date and time if its column holds a clock.
   *
   * @param column from 0 on
   * @return the text
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public String text(int column) {
    ProfileColumn description = columns.get(column);
    CosemData value = values.get(column);
    try {
      if (!description.scalerUnit().equals(ScalerUnit.NONE)) {
        return quantity(column).toString();
      }
      if (description.definition().attribute().classId() == 8) {
        return dateTime(column).toString();
      }
      return Long.toString(value.integralValue());
    } catch (AxdrException e) {
      // The column holds something else than its definition promises: show what is there.
      return value.toString();
    }
  }
}
