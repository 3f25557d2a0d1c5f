package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.cosem.classes.ProfileGeneric;
import io.dlms4j.cosem.classes.RangeDescriptor;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked for by rows and columns. */
class ProfileSelectionTest {
  private static final ProfileGeneric PROFILE = ProfileGeneric.at("1.0.99.1.0.255");
  private static final CaptureObjectDefinition STATUS = column(1, "0.0.96.10.1.255");
  private static final CaptureObjectDefinition CLOCK = column(8, "0.0.1.0.0.255");
  private static final CaptureObjectDefinition IMPORT = column(3, "1.0.1.8.0.255");
  private static final CaptureObjectDefinition EXPORT = column(3, "1.0.2.8.0.255");
  private static final List<CaptureObjectDefinition> CAPTURED =
      List.of(STATUS, CLOCK, IMPORT, EXPORT);

  private static CaptureObjectDefinition column(int classId, String logicalName) {
    return new CaptureObjectDefinition(AttributeRef.of(classId, logicalName, 2));
  }

  private static ProfileSelection rows(ProfileSelection.Rows rows) {
    return ProfileSelection.ALL.withRows(rows);
  }

  private static @Nullable SelectiveAccess access(
      ProfileSelection selection, EntryNumbering numbering, long inUse) {
    return selection.access(PROFILE, CAPTURED, numbering, inUse);
  }

  private static EntryDescriptor entries(
      ProfileSelection selection, EntryNumbering numbering, long inUse) {
    SelectiveAccess access = Objects.requireNonNull(access(selection, numbering, inUse));
    assertEquals(EntryDescriptor.SELECTOR, access.accessSelector());
    return EntryDescriptor.decode(access.accessParameters().value());
  }

  private static RangeDescriptor range(ProfileSelection selection) {
    SelectiveAccess access =
        Objects.requireNonNull(access(selection, EntryNumbering.OLDEST_IS_ONE, 0));
    assertEquals(RangeDescriptor.SELECTOR, access.accessSelector());
    return RangeDescriptor.decode(access.accessParameters().value());
  }

  @Test
  void theWholeBufferIsAskedForWithoutSelection() {
    for (EntryNumbering numbering : EntryNumbering.values()) {
      assertNull(access(ProfileSelection.ALL, numbering, 0));
    }
  }

  @Test
  void aRangeIsOfTheClockUnlessAnotherColumnIsNamed() {
    CosemData one = CosemData.unsigned(1);
    RangeDescriptor byClock = range(rows(new ProfileSelection.Rows.Range(null, one, one)));
    assertEquals(new RangeDescriptor(CLOCK, one, one, List.of()), byClock);
    RangeDescriptor byImport =
        range(
            rows(new ProfileSelection.Rows.Range(IMPORT, one, one))
                .withColumns(List.of(EXPORT, STATUS)));
    assertEquals(new RangeDescriptor(IMPORT, one, one, List.of(STATUS, EXPORT)), byImport);
  }

  @Test
  void whatTheProfileDoesNotCaptureIsRefusedBeforeItIsAskedFor() {
    CaptureObjectDefinition other = column(3, "1.0.3.8.0.255");
    CosemData one = CosemData.unsigned(1);
    for (ProfileSelection wrong :
        List.of(
            rows(new ProfileSelection.Rows.Range(other, one, one)),
            rows(new ProfileSelection.Rows.Range(CLOCK, one, one)).withColumns(List.of(other)))) {
      DlmsException failure = assertThrows(DlmsException.class, () -> range(wrong));
      assertEquals(
          "profile 1.0.99.1.0.255 has no column of 3:1.0.3.8.0.255:2", failure.getMessage());
      assertEquals(DlmsException.Origin.LOCAL, failure.origin());
    }
    assertThrows(
        DlmsException.class,
        () -> ProfileSelection.ALL.withColumns(List.of(other)).columnsOf(PROFILE, CAPTURED));
  }

  @Test
  void columnsOfEntriesAreCountedFromOneAndFollowOneAnother() {
    ProfileSelection some = rows(new ProfileSelection.Rows.Entries(5, 9));
    assertEquals(new EntryDescriptor(5, 9, 1, 0), entries(some, EntryNumbering.OLDEST_IS_ONE, 0));
    assertEquals(
        new EntryDescriptor(5, 9, 2, 3),
        entries(some.withColumns(List.of(IMPORT, CLOCK)), EntryNumbering.OLDEST_IS_ONE, 0));
    DlmsException failure =
        assertThrows(
            DlmsException.class,
            () ->
                entries(
                    some.withColumns(List.of(STATUS, IMPORT)), EntryNumbering.OLDEST_IS_ONE, 0));
    assertTrue(String.valueOf(failure.getMessage()).endsWith("they are [1, 3]"), failure::toString);
  }

  @Test
  void onlyTheBlueBooksNumberingHasToKnowHowManyRowsThereAre() {
    ProfileSelection newest = rows(new ProfileSelection.Rows.Newest(3));
    assertTrue(newest.needsEntriesInUse(EntryNumbering.OLDEST_IS_ONE));
    assertFalse(newest.needsEntriesInUse(EntryNumbering.NEWEST_IS_ZERO));
    assertFalse(ProfileSelection.ALL.needsEntriesInUse(EntryNumbering.OLDEST_IS_ONE));
    assertThrows(IllegalArgumentException.class, () -> new ProfileSelection.Rows.Newest(1L << 32));
  }

  @Property(tries = 200)
  void theNewestRowsAreTheLastOfTheBufferInItsOrder(
      @ForAll @IntRange(max = 20) int inUse, @ForAll @IntRange(min = 1, max = 25) int size) {
    for (EntryNumbering numbering : EntryNumbering.values()) {
      EntryDescriptor asked =
          entries(rows(new ProfileSelection.Rows.Newest(size)), numbering, inUse);
      var selected = asked.rows(numbering, inUse);
      assertEquals(Math.min(size, inUse), selected.size(), asked::toString);
      if (selected.size() > 0) {
        assertEquals(inUse - 1, selected.position(selected.size() - 1));
        assertEquals(inUse - selected.size(), selected.position(0));
      }
      var all = entries(ProfileSelection.ALL.withColumns(List.of(CLOCK)), numbering, inUse);
      assertEquals(inUse, all.rows(numbering, inUse).size());
      assertTrue(inUse == 0 || all.rows(numbering, inUse).position(0) == 0);
      assertEquals(List.of(1), all.columns(CAPTURED.size()).orElseThrow());
    }
  }
}
