/// The loopback server: the page from the jar, the local API of spec/api.md, and its events.
///
/// Start at [im.waxwing.web.WebServer]. A request passes the [im.waxwing.web.Guard] first, then
/// [im.waxwing.web.Calls] reads and answers it; [im.waxwing.web.Operations] is the table from an
/// operation's name to the messenger's method.
@org.jspecify.annotations.NullMarked
package im.waxwing.web;
