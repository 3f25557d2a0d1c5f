package io.dlms4j.server.profile;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.CosemObjectBuilder;
import io.dlms4j.server.InvokeRequest;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.ReadResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a Profile generic object, version 1 (Blue Book 4.3.6), of rows that are kept anywhere.
 *
 * <pre>{@code
 * CosemObject profile =
 *     ProfileObject.builder(ObisCode.of("1.0.99.1.0.255"), rows)
 *         .column(clock, row -> CosemData.octetString(row.time().encode()))
 *         .column(energy, row -> CosemData.doubleLongUnsigned(row.energy()))
 *         .rising(clock)
 *         .capturePeriod(900)
 *         .build();
 * }</pre>
 *
 * <p>The buffer can be read as a whole, by range_descriptor over any of its columns, and by
 * entry_descriptor; in each case some columns or all. The answer is never built: rows are fetched
 * and encoded one by one as the client takes them.
 */
public final class ProfileObject {
  private static final int CLASS_ID = 7;
  private static final int VERSION = 1;
  private static final long MOST_UNSIGNED_32 = 0xFFFF_FFFFL;

  /** sort_object of a profile that is not sorted: no object at all. */
  private static final CosemData NO_OBJECT =
      CosemData.structure(
          CosemData.longUnsigned(0),
          CosemData.octetString(Octets.of(0, 0, 0, 0, 0, 0)),
          CosemData.integer(0),
          CosemData.longUnsigned(0));

  private ProfileObject() {}

  /**
   * Begins a profile.
   *
   * @param logicalName its OBIS code
   * @param source where its rows are kept
   * @param <R> a row
   * @return a builder without columns
   */
  public static <R> Builder<R> builder(ObisCode logicalName, RowSource<R> source) {
    return new Builder<>(logicalName, source);
  }

  /**
   * Puts a profile together. Used by one thread.
   *
   * @param <R> a row
   */
  public static final class Builder<R> {
    private final ObisCode logicalName;
    private final RowSource<R> source;
    private final List<Column<R>> columns = new ArrayList<>();
    private final Set<CaptureObjectDefinition> rising = new HashSet<>();
    private EntryNumbering numbering = EntryNumbering.OLDEST_IS_ONE;
    private LongSupplier capturePeriod = () -> 0;
    private @Nullable LongFunction<DataAccessResult> capturePeriodSetter;
    private @Nullable LongFunction<DataAccessResult> profileEntriesSetter;
    private SortMethod sortMethod = SortMethod.FIFO;
    private @Nullable CaptureObjectDefinition sortObject;
    private @Nullable Function<InvokeRequest, CompletionStage<InvokeResult>> reset;
    private @Nullable Function<InvokeRequest, CompletionStage<InvokeResult>> capture;

    private Builder(ObisCode logicalName, RowSource<R> source) {
      this.logicalName = logicalName;
      this.source = source;
    }

    /**
     * Adds a column.
     *
     * @param definition what it holds
     * @param value takes it out of a row
     * @return this
     * @throws IllegalArgumentException if there is such a column already
     */
    public Builder<R> column(
        CaptureObjectDefinition definition, Function<? super R, CosemData> value) {
      return column(definition, value, (writer, row) -> writer.writeData(value.apply(row)));
    }

    /**
     * Adds a column whose values go out without being made into {@link CosemData} first.
     *
     * @param definition what it holds
     * @param value takes it out of a row; asked only where rows are selected by this column
     * @param encoder writes it as one Data
     * @return this
     * @throws IllegalArgumentException if there is such a column already
     */
    public Builder<R> column(
        CaptureObjectDefinition definition,
        Function<? super R, CosemData> value,
        BiConsumer<AxdrWriter, ? super R> encoder) {
      if (columns.stream().anyMatch(each -> each.definition().equals(definition))) {
        throw new IllegalArgumentException(
            logicalName + " has a column " + definition + " already");
      }
      columns.add(new Column<>(definition, value, encoder));
      return this;
    }

    /**
     * Says that the values of a column never fall from row to row, as those of a clock that is
     * never set back: a range of it is found by halving then, else by looking at every row.
     *
     * @param column the column
     * @return this
     */
    public Builder<R> rising(CaptureObjectDefinition column) {
      rising.add(column);
      return this;
    }

    /**
     * Sets how entries are numbered; without this call as the Blue Book does.
     *
     * @param how which is the first
     * @return this
     */
    public Builder<R> entryNumbering(EntryNumbering how) {
      this.numbering = how;
      return this;
    }

    /**
     * Sets capture_period, which is 0 without this call: rows are not captured by time.
     *
     * @param seconds 0..2^32-1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder<R> capturePeriod(long seconds) {
      if (seconds < 0 || seconds > MOST_UNSIGNED_32) {
        throw new IllegalArgumentException("capture_period " + seconds + " is no Unsigned32");
      }
      this.capturePeriod = () -> seconds;
      return this;
    }

    /**
     * Lets capture_period be written.
     *
     * @param seconds tells it, 0..2^32-1
     * @param setter given each new value, 0..2^32-1; whether it is taken
     * @return this
     */
    public Builder<R> capturePeriod(LongSupplier seconds, LongPredicate setter) {
      return writableCapturePeriod(seconds, answer(setter));
    }

    /**
     * Lets capture_period be written by whoever knows why not.
     *
     * @param seconds tells it, 0..2^32-1
     * @param setter given each new value, 0..2^32-1, and says what became of it
     * @return this
     */
    public Builder<R> writableCapturePeriod(
        LongSupplier seconds, LongFunction<DataAccessResult> setter) {
      this.capturePeriod = seconds;
      this.capturePeriodSetter = setter;
      return this;
    }

    private static LongFunction<DataAccessResult> answer(LongPredicate setter) {
      return value -> setter.test(value) ? DataAccessResult.SUCCESS : DataAccessResult.OTHER_REASON;
    }

    /**
     * Lets profile_entries be written.
     *
     * @param setter given each new value, 0..2^32-1; whether it is taken
     * @return this
     */
    public Builder<R> profileEntries(LongPredicate setter) {
      this.profileEntriesSetter = answer(setter);
      return this;
    }

    /**
     * Says how the source sorts its rows; without this call first in, first out.
     *
     * @param method sort_method
     * @param object the column that they are sorted by; null if they are not
     * @return this
     * @throws IllegalArgumentException if the method sorts by a column and there is none
     */
    public Builder<R> sorted(SortMethod method, @Nullable CaptureObjectDefinition object) {
      if (method.isSorted() && object == null) {
        throw new IllegalArgumentException("sort_method " + method + " needs a sort_object");
      }
      this.sortMethod = method;
      this.sortObject = object;
      return this;
    }

    /**
     * Lets the rows be deleted (method 1).
     *
     * @param invoker does it
     * @return this
     */
    public Builder<R> reset(Function<InvokeRequest, CompletionStage<InvokeResult>> invoker) {
      this.reset = invoker;
      return this;
    }

    /**
     * Lets a row be captured by a client (method 2).
     *
     * @param invoker does it
     * @return this
     */
    public Builder<R> capture(Function<InvokeRequest, CompletionStage<InvokeResult>> invoker) {
      this.capture = invoker;
      return this;
    }

    /**
     * Makes the object.
     *
     * @return an object for any number of logical devices
     * @throws IllegalArgumentException if there is no column, or one that is said to rise, or to be
     *     sorted by, is none of the profile's
     */
    public CosemObject build() {
      List<CaptureObjectDefinition> definitions = columns.stream().map(Column::definition).toList();
      CaptureObjectDefinition sortedBy = sortObject;
      if (definitions.isEmpty()
          || !definitions.containsAll(rising)
          || (sortedBy != null && !definitions.contains(sortedBy))) {
        throw new IllegalArgumentException(
            logicalName + " has no columns, or none that is said to rise or to be sorted by");
      }
      BufferReader<R> reader = new BufferReader<>(source, columns, rising, numbering);
      CosemData captureObjects =
          CosemData.array(definitions.stream().map(CaptureObjectDefinition::encode).toList());
      CosemData method = CosemData.enumerated(sortMethod.code());
      CosemData object = sortedBy == null ? NO_OBJECT : sortedBy.encode();
      CosemObjectBuilder made =
          CosemObject.builder(CLASS_ID, VERSION, logicalName)
              .attribute(
                  2,
                  List.of(BufferReader.ALL, RangeDescriptor.SELECTOR, EntryDescriptor.SELECTOR),
                  reader::read)
              .attribute(3, () -> captureObjects);
      number(made, 4, capturePeriod, capturePeriodSetter);
      made.attribute(5, () -> method).attribute(6, () -> object);
      number(made, 7, source::size, null);
      number(made, 8, source::capacity, profileEntriesSetter);
      if (reset != null) {
        made.method(1, reset);
      }
      if (capture != null) {
        made.method(2, capture);
      }
      return made.build();
    }

    private static void number(
        CosemObjectBuilder made,
        int index,
        LongSupplier value,
        @Nullable LongFunction<DataAccessResult> setter) {
      if (setter == null) {
        made.attribute(index, () -> CosemData.doubleLongUnsigned(value.getAsLong()));
        return;
      }
      made.attribute(
          index,
          List.of(),
          request -> ReadResult.of(CosemData.doubleLongUnsigned(value.getAsLong())),
          request -> {
            if (!(request.value().value() instanceof CosemData.DoubleLongUnsignedData given)) {
              return CompletableFuture.completedStage(DataAccessResult.TYPE_UNMATCHED);
            }
            return CompletableFuture.completedStage(setter.apply(given.integralValue()));
          });
    }
  }
}
