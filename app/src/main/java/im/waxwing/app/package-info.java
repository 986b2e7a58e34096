/// The programs: [im.waxwing.app.Main] chooses one; [im.waxwing.app.AppProgram] is a person's app,
/// [im.waxwing.app.DemoCommand] plays a node and two people. Everything is put together by
/// constructor calls that can be read from top to bottom.
@org.jspecify.annotations.NullMarked
package im.waxwing.app;
