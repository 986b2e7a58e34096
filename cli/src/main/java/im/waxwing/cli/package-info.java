/// The command line. It speaks to the running app through the local API (spec/api.md) and keeps
/// nothing itself.
///
/// Start at [im.waxwing.cli.Commands], which lists the commands; each is one class.
/// [im.waxwing.cli.AppClient] is the way to the app.
@org.jspecify.annotations.NullMarked
package im.waxwing.cli;
