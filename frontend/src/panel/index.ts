import { define, definePlayer } from "../shared/player";
import { defineStill } from "../shared/still";
import { DoorList } from "./doors";
import { EventFeed } from "./feed";
import { HikPanel } from "./panel";
import { Passes } from "./passes";
import { Playback } from "./playback";
import { Timeline } from "./timeline";
import { CameraWall } from "./wall";

definePlayer();
defineStill();
define("hikcentral-timeline", Timeline);
define("hikcentral-wall", CameraWall);
define("hikcentral-doors", DoorList);
define("hikcentral-events", EventFeed);
define("hikcentral-playback", Playback);
define("hikcentral-passes", Passes);
define("hikcentral-panel", HikPanel);
