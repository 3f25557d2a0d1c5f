package io.dlms4j.server.profile;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.DataOrder;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.cosem.classes.RowSelection;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Reads the buffer of a profile, with all its selective accesses. In memory there is one row at a
 * time and, where a range is looked for in a column that does not rise, a bit for each row.
 */
final class BufferReader<R> {
  /** Selector 0 is no selection, in a form that some clients use. */
  static final int ALL = 0;

  private final RowSource<R> source;
  private final List<Column<R>> columns;
  private final List<CaptureObjectDefinition> definitions;
  private final Set<CaptureObjectDefinition> rising;
  private final EntryNumbering numbering;

  /**
   * Reads from a source.
   *
   * @param rising the columns whose values never fall from row to row
   */
  BufferReader(
      RowSource<R> source,
      List<Column<R>> columns,
      Set<CaptureObjectDefinition> rising,
      EntryNumbering numbering) {
    this.source = source;
    this.columns = List.copyOf(columns);
    this.definitions = columns.stream().map(Column::definition).toList();
    this.rising = Set.copyOf(rising);
    this.numbering = numbering;
  }

  CompletionStage<ReadResult> read(ReadRequest request) {
    SelectiveAccess access = request.selectiveAccess();
    if (access == null || access.accessSelector() == ALL) {
      Rows<R> rows = source.rows();
      return answer(rows, new RowSelection(0, true, rows.size()), columns);
    }
    CosemData parameters = access.accessParameters().value();
    return access.accessSelector() == RangeDescriptor.SELECTOR
        ? readRange(RangeDescriptor.decode(parameters))
        : readEntries(EntryDescriptor.decode(parameters));
  }

  private CompletionStage<ReadResult> readEntries(EntryDescriptor entries) {
    Optional<List<Integer>> selected = entries.columns(columns.size());
    if (selected.isEmpty()) {
      return outOfScope();
    }
    Rows<R> rows = source.rows();
    return answer(rows, entries.rows(numbering, rows.size()), chosen(selected.get()));
  }

  private CompletionStage<ReadResult> readRange(RangeDescriptor range) {
    OptionalInt restricting = range.restrictingColumn(definitions);
    Optional<List<Integer>> selected = range.columns(definitions);
    if (restricting.isEmpty() || selected.isEmpty()) {
      return outOfScope();
    }
    // Else the types of a range would be checked only if there are rows.
    range.includes(range.fromValue());
    Column<R> column = columns.get(restricting.getAsInt());
    List<Column<R>> wanted = chosen(selected.get());
    Optional<Rows<R>> indexed =
        source.between(column.definition(), range.fromValue(), range.toValue());
    if (indexed.isPresent()) {
      Rows<R> rows = indexed.get();
      return answer(rows, new RowSelection(0, true, rows.size()), wanted);
    }
    Rows<R> rows = source.rows();
    if (rising.contains(column.definition())) {
      try {
        if (isOrderedLike(rows, column, range)) {
          return answer(rows, search(rows, column, range), wanted);
        }
      } catch (AxdrException e) {
        // A row without a value, or the range is of another type: to look at every row tells which.
        return scan(rows, column, range, wanted);
      }
    }
    return scan(rows, column, range, wanted);
  }

  private List<Column<R>> chosen(List<Integer> indices) {
    return indices.stream().map(columns::get).toList();
  }

  private static CompletionStage<ReadResult> outOfScope() {
    return ReadResult.refused(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED);
  }

  /**
   * Whether the column rises in the order that the range is compared in. Rows that tell their
   * distance from UTC rise by UTC: against a range that tells none they are compared by local time,
   * which is set back in autumn.
   */
  private boolean isOrderedLike(Rows<R> rows, Column<R> column, RangeDescriptor range) {
    if (rows.size() == 0) {
      return true;
    }
    CosemData first = column.value().apply(rows.row(0));
    return DataOrder.compare(first, first).isPresent()
        && (!tellsUtc(first) || (tellsUtc(range.fromValue()) && tellsUtc(range.toValue())));
  }

  private static boolean tellsUtc(CosemData value) {
    return (value.tag() == DataTag.DATE_TIME
            || (value.tag() == DataTag.OCTET_STRING
                && value.octetStringValue().length() == CosemDateTime.OCTETS))
        && value.dateTimeValue().deviation() != CosemDateTime.NOT_SPECIFIED;
  }

  private RowSelection search(Rows<R> rows, Column<R> column, RangeDescriptor range) {
    int first = firstNotBelow(rows, column, range.fromValue(), 0);
    int end = firstNotBelow(rows, column, range.toValue(), 1);
    return first < end ? new RowSelection(first, true, end - first) : RowSelection.NONE;
  }

  /** The first row whose value compares with another as {@code least} does with 0, or above. */
  private int firstNotBelow(Rows<R> rows, Column<R> column, CosemData value, int least) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      CosemData there = column.value().apply(rows.row(middle));
      if (Integer.signum(DataOrder.compare(there, value).orElse(0)) < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private CompletionStage<ReadResult> scan(
      Rows<R> rows, Column<R> column, RangeDescriptor range, List<Column<R>> wanted) {
    BitSet found = new BitSet(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      CosemData value = column.value().apply(rows.row(i));
      // What could not be captured is in no range.
      if (value.tag() != DataTag.NULL_DATA && range.includes(value)) {
        found.set(i);
      }
    }
    PrimitiveIterator.OfInt positions = found.stream().iterator();
    return answer(
        found.cardinality(),
        new Iterator<R>() {
          @Override
          public boolean hasNext() {
            return positions.hasNext();
          }

          @Override
          public R next() {
            return rows.row(positions.nextInt());
          }
        },
        wanted);
  }

  private static <R> CompletionStage<ReadResult> answer(
      Rows<R> rows, RowSelection selection, List<Column<R>> wanted) {
    return answer(Math.toIntExact(selection.size()), rows.iterator(selection), wanted);
  }

  private static <R> CompletionStage<ReadResult> answer(
      int size, Iterator<R> rows, List<Column<R>> wanted) {
    return ReadResult.of(
        DataStream.ofArray(size, rows, (writer, row) -> writeRow(writer, row, wanted)));
  }

  private static <R> void writeRow(AxdrWriter writer, R row, List<Column<R>> wanted) {
    writer.writeUnsigned8(DataTag.STRUCTURE.value()).writeLength(wanted.size());
    for (Column<R> column : wanted) {
      column.encoder().accept(writer, row);
    }
  }
}
