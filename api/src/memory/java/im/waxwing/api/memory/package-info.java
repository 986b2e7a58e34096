/// Messengers that live in one memory and deliver at once, for the tests of interfaces.
@org.jspecify.annotations.NullMarked
package im.waxwing.api.memory;
