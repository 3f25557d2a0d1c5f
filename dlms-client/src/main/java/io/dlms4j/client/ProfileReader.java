package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.InterfaceClass;
import io.dlms4j.cosem.classes.ProfileGeneric;
import io.dlms4j.cosem.classes.RangeDescriptor;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a profile, block by block as they come: a year of them is never in memory at
 * once. Immutable: each selection is a new reader.
 */
public final class ProfileReader {
  private final DlmsClient client;
  private final ProfileGeneric profile;
  private final @Nullable Selection selection;

  /** Makes the access parameters, which may need to know the columns. */
  @FunctionalInterface
  private interface Selection {
    SelectiveAccess of(List<ProfileColumn> columns);
  }

  ProfileReader(DlmsClient client, ProfileGeneric profile) {
    this(client, profile, null);
  }

  private ProfileReader(DlmsClient client, ProfileGeneric profile, @Nullable Selection selection) {
    this.client = client;
    this.profile = profile;
    this.selection = selection;
  }

  /**
   * Selects the rows of a time: those whose clock column lies within it, both ends included.
   *
   * @param from the earliest time
   * @param to the latest time
   * @return a reader of those rows
   */
  public ProfileReader between(CosemDateTime from, CosemDateTime to) {
    return new ProfileReader(
        client,
        profile,
        columns ->
            new RangeDescriptor(clock(columns), dateTime(from), dateTime(to), List.of())
                .toSelectiveAccess());
  }

  /**
   * Selects the rows of a time of the meter's own clock. Whether daylight saving is part of it is
   * left to the meter: the clock status is not specified.
   *
   * @param from the earliest time
   * @param to the latest time, included
   * @return a reader of those rows
   */
  public ProfileReader between(LocalDateTime from, LocalDateTime to) {
    return between(unspecified(from), unspecified(to));
  }

  static CosemDateTime unspecified(LocalDateTime time) {
    return CosemDateTime.of(time, CosemDateTime.NOT_SPECIFIED, CosemDateTime.STATUS_NOT_SPECIFIED);
  }

  /**
   * Selects rows by number, as the server numbers them.
   *
   * @param fromEntry the first, 0..2^32-1
   * @param toEntry the last; 0 is the last there is
   * @return a reader of those rows
   * @throws IllegalArgumentException if a number has no wire form
   */
  public ProfileReader entries(long fromEntry, long toEntry) {
    SelectiveAccess access = new EntryDescriptor(fromEntry, toEntry, 1, 0).toSelectiveAccess();
    return new ProfileReader(client, profile, columns -> access);
  }

  private static CosemData dateTime(CosemDateTime time) {
    return CosemData.octetString(time.encode());
  }

  private CaptureObjectDefinition clock(List<ProfileColumn> columns) {
    return columns.stream()
        .map(ProfileColumn::definition)
        .filter(each -> each.attribute().classId() == InterfaceClass.CLOCK.classId())
        .findFirst()
        .orElseThrow(
            () ->
                new DlmsException(
                    DlmsException.Origin.LOCAL,
                    DlmsException.Scope.REQUEST,
                    "profile " + profile.logicalName() + " has no clock to select by"));
  }

  /**
   * Reads what the columns hold, and the scaler and unit of those that hold a register's value.
   *
   * @return the columns; fails with a {@link DlmsException}
   */
  public CompletionStage<List<ProfileColumn>> columns() {
    return client
        .get(profile.captureObjects())
        .thenApply(
            data ->
                client.decode(
                    profile.captureObjects(),
                    () -> data.elements().stream().map(CaptureObjectDefinition::decode).toList()))
        .thenCompose(
            definitions -> {
              CompletionStage<List<ProfileColumn>> columns =
                  CompletableFuture.completedStage(new ArrayList<>());
              for (CaptureObjectDefinition definition : definitions) {
                columns =
                    columns.thenCombine(
                        scalerUnit(definition),
                        (list, scalerUnit) -> {
                          list.add(new ProfileColumn(definition, scalerUnit));
                          return list;
                        });
              }
              return columns.thenApply(List::copyOf);
            });
  }

  private CompletionStage<ScalerUnit> scalerUnit(CaptureObjectDefinition definition) {
    AttributeRef attribute = definition.attribute();
    boolean register =
        attribute.classId() == InterfaceClass.REGISTER.classId()
            || attribute.classId() == InterfaceClass.EXTENDED_REGISTER.classId();
    if (!register || attribute.attributeIndex() != 2) {
      return CompletableFuture.completedStage(ScalerUnit.NONE);
    }
    AttributeRef reference = new AttributeRef(attribute.classId(), attribute.logicalName(), 3);
    return client
        .get(reference)
        .thenApply(data -> client.decode(reference, () -> ScalerUnit.decode(data)))
        .exceptionally(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              if (cause instanceof DataAccessException) {
                // A register that may be captured and not read: its numbers stay as they are.
                return ScalerUnit.NONE;
              }
              throw failure instanceof CompletionException completion
                  ? completion
                  : new CompletionException(failure);
            });
  }

  /**
   * Reads the rows, after the columns.
   *
   * @param consumer takes each row, on the line's thread; must not block; whatever it throws ends
   *     the reading: a {@link DlmsException} as it is, anything else as the cause of one
   * @return the number of rows; fails with a {@link DlmsException}
   */
  public CompletionStage<Long> forEach(Consumer<ProfileRow> consumer) {
    return columns().thenCompose(columns -> forEach(columns, consumer));
  }

  private CompletionStage<Long> forEach(
      List<ProfileColumn> columns, Consumer<ProfileRow> consumer) {
    CompletableFuture<Long> result = new CompletableFuture<>();
    RowParser parser = new RowParser(client.limits(), columns.size());
    client.submit(
        session ->
            session.get(
                profile.buffer(),
                access(columns),
                false,
                new ClientSession.Receiver() {
                  @Override
                  public void onData(Octets octets, boolean last) {
                    parser.feed(
                        octets, last, values -> consumer.accept(new ProfileRow(columns, values)));
                    if (last) {
                      result.complete(parser.rows());
                    }
                  }

                  @Override
                  public void onFailure(DlmsException cause) {
                    result.completeExceptionally(cause);
                  }
                }),
        result::completeExceptionally);
    return result;
  }

  @Nullable SelectiveAccess access(List<ProfileColumn> columns) {
    return selection == null ? null : selection.of(columns);
  }

  AttributeRef buffer() {
    return profile.buffer();
  }
}
