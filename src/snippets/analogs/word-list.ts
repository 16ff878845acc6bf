/** Words: what names and texts of a program are replaced by. None is a keyword, a builtin or an attribute of one. */

/** Things, in the singular; short ones first. */
export const NOUNS: readonly string[] = `
  bag bat bay bed bee bow bus cab cap cat cow cup den dog ear egg elk fan fig fin fox gem ham hat hen hip ink jam
  jar jet lab lid lip log mat mop mud mug nut oak oar oil owl pad pan paw pea pen pet pie pig pin pit pod pot pub
  rag ram rat rib rod rug sea sky sun toe toy tub van vet web wig yak zoo acre arch aunt axle band barn bath bead
  beak beam bean bear bell belt bird boat bone boot bowl bulb cake cape cart cave chef chin clay coal coat coin
  cork corn crab crew crow dawn deer desk dock doll dove drum duck dune farm flag flea foam fork frog gate gift
  goat gold hall harp hawk hill hive hood hook horn hose iron isle kite knee lake lamb lamp lane lawn leaf lime
  lion loaf maid mask meal milk mill mint moon nail neck nest nose oven park pear pipe plum poem pond pony pool
  pork pump rail rain reed rice ring road rock roof rope rose ruby ruin sail salt sand seal seat shed ship shoe
  silk snow soap sock sofa soil soup star stew swan tent tile toad tree tuna twig vase vest vine wasp wave whip
  wine wing wolf wood wool yard apple apron arrow badge bagel basil berry blade brick bride broom bunny camel
  canal candy canoe cargo cedar chain chair chalk cheek chief cider clerk cliff cloth cloud clove coral crane
  cream crown eagle ferry flame fleet flour flute frost fruit ghost giant glove goose grape gravy honey hotel
  juice koala lemon lever lilac llama lodge mango medal melon metal motor mouse nurse ocean olive onion opera
  otter panda pasta pearl pedal piano pilot pizza plaza poppy queen ranch river robin robot salad sauce shark
  sheep shell shirt skate smoke snail snake spice spoon squid steam stone storm straw sugar sword tiger towel
  tower truck tulip uncle valve vault villa viola whale wheat wheel zebra anchor basket beaver bottle bridge
  bucket butter button camera castle cattle cement cherry coffee collar copper cotton cousin cowboy desert dinner
  doctor donkey dragon engine fabric farmer finger flower forest garage garden garlic ginger guitar hammer harbor
  hunter insect island jacket jersey jockey lawyer locker magnet marina mirror monkey mosaic mother museum napkin
  orange orchid parade parrot pastry pepper pickle pirate planet potato powder rabbit raisin rocket salmon school
  shrimp singer sister spider sponge stable statue street studio summer tailor temple tomato tongue turkey turtle
  valley violin wallet window winter wizard airport antenna apricot balcony balloon battery bedroom bicycle
  biscuit blossom brother cabbage captain caravan chicken climber coconut concert costume crystal dentist diamond
  dolphin emerald factory fireman gallery giraffe gorilla granite hamster highway kitchen laundry leather luggage
  mailbox mammoth mineral monster octopus pancake panther peacock pelican penguin pianist pilgrim plaster popcorn
  pretzel pudding pyramid railway rainbow sardine sausage scooter soldier spinach stadium surgeon teacher theatre
  tractor trainer uniform vampire village vitamin volcano airplane backpack bathroom broccoli campfire cardinal
  carousel cinnamon dinosaur doorbell elephant engineer festival gardener hospital kangaroo landlord lavender
  magazine magician mandolin mountain musician necklace omelette overcoat passport pavement pendulum platinum
  reindeer sandwich scorpion seashell shoulder snowball squirrel suitcase sunlight teaspoon telegram tortoise
  treasure umbrella vineyard windmill alligator astronaut bartender blueberry breakfast butterfly cathedral
  chocolate cranberry crocodile dandelion detective dragonfly fireplace furniture glassware grapevine limestone
  microwave newspaper orchestra parachute pineapple porcelain professor raspberry sculpture spaghetti submarine
  tangerine telescope toothpick vegetable waterfall xylophone blackberry broomstick chimpanzee greenhouse
  lighthouse restaurant skateboard strawberry tambourine trampoline typewriter watermelon wheelchair windshield
  candlestick gingerbread grasshopper thermometer
`.trim().split(/\s+/);

/** What functions do. */
export const VERBS: readonly string[] = `
  mix rub tie tow bake fold lend lift melt mend pour pull push stir tame toss trim warm wash wrap carry chase
  knock paint press roast scrub serve shake spray steer sweep taste teach twist weave whisk borrow follow gather
  invite polish repair rescue sketch stitch unlock arrange collect deliver inspect measure observe prepare squeeze
  decorate
`.trim().split(/\s+/);

/** Words with which names of functions often begin: a verb stands for them. */
export const USUAL_VERBS: ReadonlySet<string> = new Set(
  (
    'add ask build calc calculate call change check choose clean close compute convert count create describe do draw ' +
    'fetch fill find get give greet handle increase load look make merge move parse pick play process read reduce ' +
    'rename report reset run save say search send show start stop store take tell try update use validate visit welcome write'
  ).split(' '),
);

/** Small words of English: a text keeps them. */
export const SMALL_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the of to in on at by for from with and or not no yes is are was were be been it its this that these those has ' +
    'have had as but if so than then there i me my we our you your he she they his her their'
  ).split(' '),
);
