package io.dlms4j.omnipower.backend;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import java.util.Optional;

/**
 * A meter, as far as its objects need to know it.
 *
 * <p>To bind OMNIPOWER objects to real hardware, a recording or another simulation, implement this
 * interface; the objects ask it anew for every read, and none of them knows anything else of the
 * meter. Only {@link #identity()} and {@link #clock()} have to be implemented: an object that the
 * backend does not know shows its {@linkplain CatalogueEntry#defaultValue() default}, and refuses
 * to be written.
 *
 * <p>All methods may be called on any thread, also while the meter is measuring, and must answer at
 * once: what takes time to fetch is to be kept ready. Values that belong together and must fit each
 * other are in one row of a logger; two calls may lie on two sides of a second.
 */
public interface MeterBackend {
  /**
   * Numbers and names of the meter.
   *
   * @return the identity
   */
  MeterIdentity identity();

  /**
   * The clock of the meter.
   *
   * @return a live view, always the same
   */
  MeterClock clock();

  /**
   * How many digits energies have. Objects tell it as the scaler of the energy registers, and
   * {@link #read} gives registers in its steps.
   *
   * @return the resolution; three decimals unless a meter says otherwise
   */
  default EnergyResolution energyResolution() {
    return EnergyResolution.DIGITS_6_3;
  }

  /**
   * Reads attribute 2 of a Data object, a register or an extended register.
   *
   * @param entry which object, one of the classes 1, 3 and 4
   * @return its value, of the type that the entry has ({@link CatalogueEntry#number}), in the unit
   *     and with the scaler that the entry has; nothing if the meter does not know it
   */
  default Optional<CosemData> read(CatalogueEntry entry) {
    return Optional.empty();
  }

  /**
   * When the value of an extended register was captured (attribute 5, capture_time).
   *
   * @param entry which object, one of class 4
   * @return seconds of normal time, as in {@link MeterClock#normalTime()}; nothing if there is no
   *     value yet
   */
  default Optional<Long> captureTime(CatalogueEntry entry) {
    return Optional.empty();
  }

  /**
   * Writes attribute 2 of a Data object or register. Objects have checked by then that the client
   * may write it, and that the value has the type of the entry.
   *
   * @param entry which object
   * @param value its new value
   * @return success, or why not: nothing has changed then
   */
  default DataAccessResult write(CatalogueEntry entry, CosemData value) {
    return DataAccessResult.READ_WRITE_DENIED;
  }

  /**
   * A logger.
   *
   * @param entry which object, one of class 7
   * @return a live view; nothing if the meter does not have the logger: its object is empty then
   */
  default Optional<MeterLogger> logger(CatalogueEntry entry) {
    return Optional.empty();
  }

  /**
   * Sets the clock (attribute 2, time).
   *
   * @param normalTime what it shows from now on, in seconds as in {@link MeterClock#normalTime()}
   * @return success, or why not; a meter whose clock cannot be set denies it
   */
  default DataAccessResult setClock(long normalTime) {
    return DataAccessResult.READ_WRITE_DENIED;
  }

  /**
   * Switches daylight saving on or off (clock, attribute 8). Time goes on as it is inside; only
   * what is displayed changes.
   *
   * @param enabled whether to display daylight saving in its season
   * @return success, or why not; a meter that cannot change it denies it
   */
  default DataAccessResult setDaylightSavingEnabled(boolean enabled) {
    return DataAccessResult.READ_WRITE_DENIED;
  }

  /**
   * Keeps a new secret of the associations with low level security (Association LN, attribute 7),
   * so that it holds after a restart. It holds for associations that are opened from now on.
   *
   * @param secret what the client wrote
   * @return success, or why not: the old one goes on then. A meter that does not keep it says
   *     success, and has the secret that it was made with after a restart
   */
  default DataAccessResult keepSecret(Octets secret) {
    return DataAccessResult.SUCCESS;
  }

  /**
   * The secret that was kept.
   *
   * @return nothing if there never was a new one, or the meter did not keep it
   */
  default Optional<Octets> secret() {
    return Optional.empty();
  }

  /**
   * Keeps what a client has set of the link (IEC HDLC setup), so that it holds after a restart. It
   * holds for links that come up from now on.
   *
   * @param settings all of it
   * @return success, or why not: the old ones go on then. A meter that does not keep them says
   *     success, and has those that it was made with after a restart
   */
  default DataAccessResult keepLinkSettings(LinkSettings settings) {
    return DataAccessResult.SUCCESS;
  }

  /**
   * What was kept of the link.
   *
   * @return nothing if a client never set anything, or the meter did not keep it
   */
  default Optional<LinkSettings> linkSettings() {
    return Optional.empty();
  }
}
