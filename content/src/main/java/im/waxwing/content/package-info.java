/// The generated types of what is inside a letter.
@NullMarked
package im.waxwing.content;

import org.jspecify.annotations.NullMarked;
