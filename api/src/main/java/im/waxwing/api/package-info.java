/// What every interface of the app sees: the page, the command line, a bot. Start with [Messenger].
@NullMarked
package im.waxwing.api;

import org.jspecify.annotations.NullMarked;
