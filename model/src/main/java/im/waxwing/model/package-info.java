/// The words of Waxwing as values: who ([AccountId], [DeviceAddress]), what travels ([Envelope]),
/// where it waits ([MailboxTarget], [Day]) and by way of whom ([Path], [NodeAddress]).
@NullMarked
package im.waxwing.model;

import org.jspecify.annotations.NullMarked;
