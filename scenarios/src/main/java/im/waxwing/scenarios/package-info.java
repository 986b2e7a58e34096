/// Real processes together: the grid, the demo, kills and restarts, the page in a browser.
@NullMarked
package im.waxwing.scenarios;

import org.jspecify.annotations.NullMarked;
