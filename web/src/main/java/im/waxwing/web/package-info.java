/// The loopback server and the page it serves.
@NullMarked
package im.waxwing.web;

import org.jspecify.annotations.NullMarked;
