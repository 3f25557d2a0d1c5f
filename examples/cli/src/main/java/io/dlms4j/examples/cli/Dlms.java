package io.dlms4j.examples.cli;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.transport.LineException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command line tool: its subcommands, and what becomes of their failures. */
@Command(
    name = "dlms",
    description = "Reads DLMS/COSEM meters, and is one.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "dlms4j 0.1.0",
    subcommands = {
      ActionCommand.class,
      ClockCommand.class,
      DecodeCommand.class,
      DemoCommand.class,
      EmulateCommand.class,
      EncodeCommand.class,
      GetCommand.class,
      ImageCommand.class,
      ListenCommand.class,
      MetersCommand.class,
      ObjectsCommand.class,
      ProfileCommand.class,
      SetCommand.class
    })
public final class Dlms {
  private Dlms() {}

  /**
   * Runs a command line. Exit code 0 is success, 1 a failure that is told on stderr, 2 a command
   * line that makes no sense.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Dlms());
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          if (exception instanceof DlmsException
              || exception instanceof LineException
              || exception instanceof CommandException) {
            command.getErr().println("dlms: " + exception.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
          }
          throw exception;
        });
    return commandLine;
  }
}
