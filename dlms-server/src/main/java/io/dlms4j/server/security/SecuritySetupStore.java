package io.dlms4j.server.security;

import java.io.IOException;
import java.util.Optional;

/**
 * Where the state of one {@link SecuritySetup} survives a restart. What {@link #save} has returned
 * from must be there for ever after, also if the process is killed at that moment; what it has
 * thrown for must not.
 *
 * <p>For one setup at a time, which never calls it twice at once. It is called while a method is
 * carried out, and may block: see {@link SecuritySetupBuilder#executor}.
 */
public interface SecuritySetupStore {
  /**
   * Reads the state that was saved last.
   *
   * @return the state, or nothing if none has ever been saved
   * @throws IOException if it cannot be read, or is damaged: then the setup is not made, for keys
   *     of long ago must not come back
   */
  Optional<SecuritySetupState> load() throws IOException;

  /**
   * Keeps a state in place of the one before.
   *
   * @param state the state
   * @throws IOException if it cannot be kept: then the one before is still there
   */
  void save(SecuritySetupState state) throws IOException;
}
